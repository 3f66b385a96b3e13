import { script } from './script.ts'
import { style } from './style.ts'

/** The buyer's phone, one page without anything from elsewhere. */
export const walletPage = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>模拟钱包</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><div><h1 data-word="title"></h1><button id="language" type="button" data-word="language"></button></div></header>
<main>
<p id="message" role="alert"></p>
<section id="asked" class="asked" aria-labelledby="askedTitle" aria-live="polite" hidden>
<h2 id="askedTitle" data-word="asked"></h2>
<ul id="requests"></ul>
</section>
<section aria-labelledby="codeTitle">
<h2 id="codeTitle" data-word="code"></h2>
<p data-word="codeHint"></p>
<div class="drawing"><div id="barcode" aria-hidden="true"></div><div id="qr" class="qr" aria-hidden="true"></div></div>
<output id="digits" class="digits"></output>
<label class="field"><span data-word="behaviour"></span><select id="scenario"></select></label>
<div class="row">
<button id="copy" type="button" data-word="copy"></button>
<button id="refresh" type="button" class="main" data-word="refresh"></button>
</div>
</section>
<section aria-labelledby="scanTitle">
<h2 id="scanTitle" data-word="scan"></h2>
<h3 data-word="offers"></h3>
<p id="noOffers" data-word="noOffers"></p>
<ul id="offers"></ul>
<form id="scanForm">
<label class="field"><span data-word="scanHint"></span><textarea id="qrText" rows="2" required spellcheck="false"></textarea></label>
<div class="row"><button class="main" data-word="scanButton"></button></div>
</form>
</section>
<section aria-labelledby="tradesTitle" aria-live="polite">
<h2 id="tradesTitle" data-word="trades"></h2>
<p id="none" data-word="noTrades"></p>
<ul id="trades"></ul>
</section>
<section aria-labelledby="faultsTitle">
<h2 id="faultsTitle" data-word="faults"></h2>
<p data-word="faultsHint"></p>
<form id="faultForm" class="pair">
<label class="field"><span data-word="method"></span><select id="method"></select></label>
<label class="field"><span data-word="times"></span><select id="times"></select></label>
<label class="field wide"><span data-word="fault"></span><select id="fault"></select></label>
<div class="row wide">
<button id="calm" type="button" data-word="calm"></button>
<button class="main" data-word="faultButton"></button>
</div>
</form>
<p id="noFaults" class="well" data-word="noFaults"></p>
<ul id="faults" class="alarming"></ul>
</section>
<section aria-labelledby="timeTitle">
<h2 id="timeTitle" data-word="time"></h2>
<p data-word="timeHint"></p>
<output id="now" class="now"></output>
<div class="row"><button id="morning" type="button" data-word="morning"></button></div>
</section>
</main>
<script>${script}</script>
</body>
</html>
`

/** Nothing but the page's own style, script and routes. */
export const WALLET_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
