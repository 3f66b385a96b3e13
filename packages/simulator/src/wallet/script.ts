import { wordsLiteral } from './texts.ts'

/** The wallet page's script. Everything a merchant wrote is put in as text, never as markup. */
export const script = `
const { texts, behaviours, methods, mishaps, counts } = ${wordsLiteral}
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
  await showAll()
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

const lineOf = ({ seller, subject, amount }) => {
  const line = make('div', '', make('span', seller + ' · ' + subject), make('strong', '¥' + amount))
  line.className = 'line'
  return line
}

const ignored = new Set()
const ignore = (tradeNo) => async () => void ignored.add(tradeNo)

const actionsOf = ({ tradeNo }) => {
  const row = make('div', '')
  row.className = 'row'
  for (const action of ['decline', 'ignore', 'confirm']) {
    if (action === 'ignore' && ignored.has(tradeNo)) continue
    const button = make('button', word(action))
    button.type = 'button'
    if (action === 'confirm') button.className = 'main'
    button.onclick = act(action === 'ignore' ? ignore(tradeNo) : () => call('trades/' + tradeNo + '/' + action, {}))
    row.append(button)
  }
  return row
}

const isWaiting = ({ status }) => status === 'WAIT_BUYER_PAY'
const isAsked = (trade) => isWaiting(trade) && !ignored.has(trade.tradeNo)

const tradeItem = (trade) => {
  const state = make('span', word(trade.status) + (trade.refunded ? ' · ' + word('refunded') : ''))
  state.className = 'state ' + trade.status
  const under = make('div', '', state, make('time', timeOf(trade.createdAt)))
  under.className = 'line quiet'
  const item = make('li', '', lineOf(trade), under)
  if (isWaiting(trade) && ignored.has(trade.tradeNo)) item.append(actionsOf(trade))
  return item
}

let shown = ''
const showTrades = async () => {
  const trades = await call('trades')
  const now = language + JSON.stringify([trades, [...ignored]])
  if (now === shown) return
  shown = now
  const asked = trades.filter(isAsked)
  find('requests').replaceChildren(...asked.map((trade) => make('li', '', lineOf(trade), actionsOf(trade))))
  find('asked').hidden = asked.length === 0
  find('trades').replaceChildren(...trades.map(tradeItem))
  find('none').hidden = trades.length > 0
}

let shownOffers = ''
const showOffers = async () => {
  const offers = await call('offers')
  const now = language + JSON.stringify(offers)
  if (now === shownOffers) return
  shownOffers = now
  find('offers').replaceChildren(...offers.map((offer) => {
    const button = make('button', word('offerButton'))
    button.type = 'button'
    button.onclick = act(() => call('scan', { qrCode: offer.qrCode }))
    return make('li', '', lineOf(offer), button)
  }))
  find('noOffers').hidden = offers.length > 0
}

const nameOf = (list, value) => {
  const [, zh, en] = list.find(([known]) => known === value) ?? ['', value, value]
  return language === 'zh' ? zh : en
}

const showFaults = async () => {
  const rules = await call('faults')
  find('faults').replaceChildren(...rules.map((rule) => {
    const often = rule.times === undefined ? word('always') : '×' + rule.times
    const mishap = nameOf(mishaps, (rule.when ?? 'before') + '/' + rule.fault)
    return make('li', nameOf(methods, rule.method) + ' · ' + mishap + ' · ' + often)
  }))
  find('noFaults').hidden = rules.length > 0
}

const dateTime = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })
const timeOf = (at) => dateTime.format(new Date(at))
const showTime = async () => {
  find('now').textContent = timeOf((await call('time')).now)
}

const fill = (id, list, first) => {
  const chosen = find(id).value || first
  find(id).replaceChildren(...list.map(([value, zh, en]) => {
    const option = make('option', (id === 'scenario' ? value + ' ' : '') + (language === 'zh' ? zh : en))
    option.value = value
    return option
  }))
  find(id).value = chosen
}

const showWords = () => {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = word('title')
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word)
  fill('scenario', behaviours, '00')
  fill('method', methods, 'pay')
  fill('fault', mishaps, 'before/drop')
  fill('times', counts, '1')
}

find('language').onclick = () => {
  language = language === 'zh' ? 'en' : 'zh'
  showWords()
  void showAll()
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
find('faultForm').onsubmit = (event) => {
  event.preventDefault()
  const [when, fault] = find('fault').value.split('/')
  void act(() => call('faults', {
    method: find('method').value,
    when,
    fault,
    ...(find('times').value && { times: Number(find('times').value) }),
  }))()
}
find('calm').onclick = act(() => call('faults', []))
find('morning').onclick = act(async () => {
  await call('morning', {})
  await showCode()
})
const showAll = () => Promise.all([showTrades(), showOffers(), showFaults(), showTime()])
showWords()
void act(showCode)()
setInterval(() => void showAll().catch(() => {}), 1500)
`
