import { wordsLiteral } from './texts.ts'

/** The wallet page's script. Everything a merchant wrote is put in as text, never as markup. */
export const script = `
const { texts, behaviours } = ${wordsLiteral}
const find = (id) => document.getElementById(id)
let language = navigator.language.startsWith('zh') ? 'zh' : 'en'
let refreshAt
const word = (name) => texts[language][name]

const call = async (path, body) => {
  const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch('/wallet/' + path, init)
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.title)
  return answer
}

const act = (work) => async () => {
  find('message').textContent = ''
  try {
    await work()
  } catch (error) {
    find('message').textContent = word('failed') + ': ' + error.message
  }
  await showTrades()
}

const make = (name, text, ...children) => {
  const element = document.createElement(name)
  element.textContent = text
  element.append(...children)
  return element
}

const showCode = async () => {
  const { code, lifetime, barcode, qr } = await call('codes', { scenario: find('scenario').value })
  find('barcode').innerHTML = barcode
  find('qr').innerHTML = qr
  find('digits').textContent = code.replace(/(\\d{4})(?=\\d)/g, '$1 ')
  find('digits').dataset.code = code
  clearTimeout(refreshAt)
  refreshAt = setTimeout(act(showCode), lifetime)
}

const tradeItem = (trade) => {
  const line = make('div', '', make('span', trade.seller + ' · ' + trade.subject), make('strong', '¥' + trade.amount))
  line.className = 'line'
  const state = make('div', word(trade.status) + (trade.refunded ? ' · ' + word('refunded') : ''))
  state.className = 'quiet'
  const item = make('li', '', line, state)
  if (trade.status !== 'WAIT_BUYER_PAY') return item
  const row = make('div', '')
  row.className = 'row'
  for (const action of ['decline', 'confirm']) {
    const button = make('button', word(action))
    if (action === 'confirm') button.className = 'main'
    button.onclick = act(() => call('trades/' + trade.tradeNo + '/' + action, {}))
    row.append(button)
  }
  item.append(row)
  return item
}

let shown = ''
const showTrades = async () => {
  const trades = await call('trades')
  const now = language + JSON.stringify(trades)
  if (now === shown) return
  shown = now
  find('trades').replaceChildren(...trades.map(tradeItem))
  find('none').hidden = trades.length > 0
}

const showWords = () => {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = word('title')
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word)
  const chosen = find('scenario').value || '00'
  const options = behaviours.map(([digits, zh, en]) => {
    const option = make('option', digits + ' ' + (language === 'zh' ? zh : en))
    option.value = digits
    return option
  })
  find('scenario').replaceChildren(...options)
  find('scenario').value = chosen
}

find('language').onclick = () => {
  language = language === 'zh' ? 'en' : 'zh'
  showWords()
  void showTrades()
}
find('scenario').onchange = act(showCode)
find('refresh').onclick = act(showCode)
find('copy').onclick = act(async () => {
  await navigator.clipboard.writeText(find('digits').dataset.code)
  find('copy').textContent = word('copied')
  setTimeout(() => { find('copy').textContent = word('copy') }, 1500)
})
find('scanForm').onsubmit = (event) => {
  event.preventDefault()
  void act(async () => {
    await call('scan', { qrCode: find('qrText').value })
    find('qrText').value = ''
  })()
}
showWords()
void act(showCode)()
setInterval(() => void showTrades().catch(() => {}), 1500)
`
