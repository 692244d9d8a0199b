// A number opens its evidence where it stands; the contents mark the section; text and evidence can be searched;
// figures and tables can be taken away.
(() => {
  'use strict'
  const d = document, main = d.querySelector('main'), nav = d.querySelector('nav'), most = 12
  const make = (tag, name, text) => Object.assign(d.createElement(tag), {className: name || '', textContent: text ?? ''})
  const linked = (id, text) => Object.assign(make('a', '', text), {href: '#' + id})
  d.documentElement.classList.add('js')

  // The evidence waits as text, which costs the page no elements, until somebody asks for it.
  const waiting = new Map(), byId = new Map(), items = []
  const read = () => {
    if (waiting.size) return
    for (const held of d.querySelectorAll('.evidence noscript')) {
      const part = make('template')
      part.innerHTML = held.textContent
      waiting.set(part.content, held.parentNode)
      items.push(...part.content.querySelectorAll('li'))
      for (const entry of part.content.querySelectorAll('[id]')) byId.set(entry.id, entry)
    }
  }
  const entry = id => (read(), byId.get(id))
  const sectionOf = row => row.closest('section') || waiting.get(row.getRootNode())
  const unfold = section => {
    read()
    for (const [part, own] of waiting) if (own === section) own.querySelector('noscript')?.replaceWith(part)
    section.querySelector('.open')?.remove()
  }
  for (const held of d.querySelectorAll('.evidence noscript')) {
    const button = make('button', 'open', held.dataset.open)
    button.onclick = () => unfold(held.parentNode)
    held.before(button)
  }
  const arrive = () => {
    const at = /^#(ev|set)-/.test(location.hash) && entry(location.hash.slice(1))
    if (!at || at.isConnected) return
    unfold(sectionOf(at))
    location.replace(location.hash)
    if (at.tagName === 'P' && card.showPopover) show(at, at)
  }

  const numbersOf = at => [...at.textContent.matchAll(/E(\d+)(?:–E(\d+))?/g)].map(([, a, b]) => [+a, +(b || a)])
  const rowsOf = at => at.tagName === 'LI' ? [at] : numbersOf(at).flatMap(([first, last]) => items.slice(first - 1, last))
  const nearest = (text, part, near) => {
    let best = -1
    for (let i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + 1))
      if (best < 0 || Math.abs(i - near) < Math.abs(best - near)) best = i
    return best
  }
  const surface = row => row.querySelector('.s').firstChild.textContent.trim()

  // A text with the spans [from, size] marked.
  const marked = (tag, text, spans) => {
    const shown = make(tag)
    let done = 0
    for (const [from, size] of spans.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
      if (from < done || !size) continue
      shown.append(text.slice(done, from), make('mark', '', text.slice(from, from + size)))
      done = from + size
    }
    shown.append(text.slice(done))
    return shown
  }
  const quoted = (text, rows) => {
    const spans = rows.map(row => [nearest(text, surface(row), +row.dataset.at || 0), surface(row).length])
    return Object.assign(marked('blockquote', text, spans), {lang: 'zh-CN'})
  }
  const told = row => {
    const line = make('p', 'row')
    const parts = [row.querySelector('.s').textContent.trim(), row.querySelector('.w').textContent, row.dataset.rule]
    line.append(linked(row.id, row.querySelector('.n').textContent), ' ' + parts.filter(Boolean).join(' · '))
    return line
  }

  // Where the report cites an entry, by itself or among others.
  const home = element => {
    const at = element.closest('figure[id]') || element.closest('section[id]')
    return at && [at.id, at.querySelector(at.tagName === 'FIGURE' ? 'figcaption strong' : 'h1,h2,h3')?.textContent.trim()]
  }
  const cited = at => {
    const n = items.indexOf(at) + 1, within = e => e.tagName === 'P' && numbersOf(e).some(([a, b]) => a <= n && n <= b)
    const ids = [at.id, ...(n ? [...byId.values()].filter(within).map(e => e.id) : [])], found = new Map()
    for (const id of ids) for (const link of main.querySelectorAll(`a[href="#${CSS.escape(id)}"]`))
      if (!link.closest('.evidence')) found.set(...home(link))
    const line = make('p', 'about', found.size ? main.dataset.cited + ' ' : '')
    ;[...found].slice(0, most).forEach(([id, name], i) => line.append(i ? ', ' : '', linked(id, name)))
    if (found.size > most) line.append(' … +' + (found.size - most))
    return line
  }

  const card = make('div', 'card')
  card.popover = 'auto'
  card.tabIndex = -1
  card.setAttribute('role', 'dialog')
  const fill = at => {
    const close = make('button', 'close', '×'), groups = new Map(), one = at.tagName === 'LI'
    close.ariaLabel = main.dataset.close
    close.onclick = () => card.hidePopover()
    card.ariaLabel = (one ? at.querySelector('.n') : at.firstChild).textContent.trim()
    for (const row of rowsOf(at)) groups.set(row.parentNode, [...(groups.get(row.parentNode) || []), row])
    card.replaceChildren(close, linked(at.id, one ? '' : card.ariaLabel))
    let source
    for (const [list, rows] of [...groups].slice(0, most)) {
      const section = sectionOf(list), before = list.previousElementSibling
      if (section !== source) card.append(make('h2', '', section.querySelector('h2').textContent), make('p', 'about', section.querySelector('.about').textContent))
      source = section
      if (before?.className === 'sentence') card.append(quoted(before.textContent, rows))
      card.append(...rows.slice(0, most).map(told))
    }
    if (groups.size > most) card.append(make('p', 'about', '… +' + (groups.size - most)))
    card.append(cited(at))
  }
  const place = from => {
    const box = from.getBoundingClientRect(), below = box.bottom + 8
    if (innerWidth < 640) return Object.assign(card.style, {left: '0', right: '0', top: 'auto', bottom: '0'})
    const fits = below + card.offsetHeight < innerHeight
    Object.assign(card.style, {left: Math.max(16, Math.min(box.left, innerWidth - card.offsetWidth - 16)) + 'px', right: 'auto', bottom: 'auto',
      top: (fits ? below : Math.max(16, Math.min(box.top - card.offsetHeight - 8, innerHeight - card.offsetHeight - 16))) + 'px'})
  }
  const show = (at, from) => {
    fill(at)
    card.showPopover()
    place(from)
    card.focus()
  }
  if (card.showPopover) {
    d.body.append(card)
    d.addEventListener('click', event => {
      const link = event.target.closest('a[href^="#ev-"],a[href^="#set-"]')
      if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return
      const at = entry((link.getAttribute('href')).slice(1))
      if (card.contains(link)) return card.hidePopover()
      if (!at) return
      event.preventDefault()
      show(at, link)
    })
  }

  addEventListener('hashchange', arrive)
  arrive()

  // The contents: the section that is read, and on a wide screen only its own parts.
  const marks = new Map(), parts = new Map()
  let chapter
  for (const item of nav.querySelectorAll('.folds li')) {
    const link = item.firstElementChild
    if (item.className === 'l1') parts.set(chapter = link, [])
    else parts.get(chapter)?.push(item)
    marks.set(d.getElementById(link.hash.slice(1)), link)
    link.addEventListener('click', () => { d.getElementById('toggle').checked = false })
  }
  const watch = new IntersectionObserver(seen => {
    for (const {target, isIntersecting} of seen) {
      const link = marks.get(target)
      link.classList.toggle('now', isIntersecting)
      for (const item of parts.get(link) || []) item.classList.toggle('in', isIntersecting)
      const above = link.offsetTop - nav.clientHeight / 2
      if (isIntersecting && nav.scrollHeight > nav.clientHeight) nav.scrollTop = above
    }
  }, {rootMargin: '-20% 0px -75% 0px'})
  for (const section of marks.keys()) if (section) watch.observe(section)

  // Search: every word has to stand in a block of the text, or in a sentence of the evidence with its entries.
  const box = Object.assign(make('input', 'search'), {type: 'search', placeholder: main.dataset.search, ariaLabel: main.dataset.search})
  const count = make('p', 'count'), list = make('ol', 'found')
  count.setAttribute('role', 'status')
  nav.prepend(box, count, list)
  let blocks
  const flat = text => text.replace(/\s+/g, ' ').trim()
  const gather = () => {
    read()
    const own = [...main.querySelectorAll('h1,h2,h3,p,li,figcaption,tr,svg')].filter(e => !e.closest('.evidence') && !e.querySelector('p'))
    const text = e => flat(e.tagName === 'TR' ? [...e.cells].map(c => c.textContent).filter(Boolean).join(' · ') : e.tagName === 'svg' ? [...e.querySelectorAll('text')].map(t => t.textContent).join(' · ') : e.textContent)
    const entries = [...new Set(items.map(row => row.parentNode))]
    const sentence = e => flat((e.previousElementSibling?.className === 'sentence' ? e.previousElementSibling.textContent + ' ' : '') + [...e.children].map(surface).join(' · '))
    return [...own.map(e => [e, text(e)]), ...entries.map(e => [e, sentence(e)])].map(([e, t]) => [e, t, t.toLowerCase()])
  }
  const close = () => { list.replaceChildren(); nav.classList.remove('looking') }
  const reach = element => {
    if (element.tagName === 'UL' && byId.has(element.firstElementChild.id)) {
      unfold(sectionOf(element))
      location.hash = element.firstElementChild.id
    }
    if (innerWidth < 960) close()
    element.tabIndex = -1
    element.scrollIntoView({block: 'center'})
    element.focus({preventScroll: true})
  }
  const result = ([element, text, low], words) => {
    const own = byId.has(element.firstElementChild?.id), [id, name] = own ? [element.firstElementChild.id, sectionOf(element).querySelector('h2').textContent] : home(element) || ['text', '']
    const first = Math.max(0, Math.min(...words.map(w => low.indexOf(w))) - 24), part = text.slice(first, first + 110)
    const link = linked(id, '')
    link.append(make('b', '', name), ' ', marked('span', part, words.map(w => [part.toLowerCase().indexOf(w), w.length]).filter(([at]) => at >= 0)))
    link.onclick = event => { event.preventDefault(); reach(element) }
    const item = make('li')
    item.append(link)
    return item
  }
  const look = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean), enough = words.join('').length > 1 || /[^\x00-\x7f]/.test(words)
    const hits = enough ? (blocks ??= gather()).filter(([, , low]) => words.every(w => low.includes(w))) : []
    count.textContent = enough ? main.dataset.found.replace('{n}', hits.length) : ''
    list.replaceChildren(...hits.slice(0, 60).map(hit => result(hit, words)))
    nav.classList.toggle('looking', enough)
  }
  let later
  box.onfocus = look
  box.oninput = () => { clearTimeout(later); later = setTimeout(look, 120) }
  box.onkeydown = event => { if (event.key === 'Escape') { box.value = ''; look() } }

  const save = (name, type, text) => {
    const link = make('a')
    link.href = URL.createObjectURL(new Blob([text], {type}))
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 1000)
  }
  const field = text => '"' + (/^[=+@-]./.test(text) && isNaN(text) ? "'" : '') + text.replaceAll('"', '""') + '"'
  const csv = table => '\ufeff' + [...table.rows].map(r => [...r.cells].map(c => field(c.textContent)).join(',')).join('\r\n') + '\r\n'
  const bibtex = d.querySelector('#cite pre')
  if (bibtex) {
    const button = make('button', 'get', 'BibTeX')
    button.onclick = () => save('report.bib', 'application/x-bibtex', bibtex.textContent + '\n')
    bibtex.before(button)
  }
  for (const figure of d.querySelectorAll('main figure')) {
    const table = figure.querySelector('table'), drawing = figure.querySelector('svg')
    if (!table && !drawing) continue
    const button = make('button', 'get', table ? 'CSV' : 'SVG')
    button.ariaLabel = `${button.textContent}: ${figure.querySelector('figcaption strong').textContent}`
    button.onclick = () => table ? save(figure.id + '.csv', 'text/csv', csv(table))
      : save(figure.id + '.svg', 'image/svg+xml', new XMLSerializer().serializeToString(drawing))
    figure.querySelector('figcaption').append(' ', button)
  }
})()
