// A number opens its evidence where it stands; the contents mark the section; figures and tables can be taken away.
(() => {
  'use strict'
  const d = document, main = d.querySelector('main'), items = [...d.querySelectorAll('.evidence li')], most = 12
  const make = (tag, name, text) => Object.assign(d.createElement(tag), {className: name || '', textContent: text ?? ''})

  const rowsOf = at => at.tagName === 'LI' ? [at] : at.dataset.rows.split(' ').flatMap(run => {
    const [first, last] = run.split('-')
    return items.slice(first - 1, last || first)
  })
  const nearest = (text, part, near) => {
    let best = -1
    for (let i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + 1))
      if (best < 0 || Math.abs(i - near) < Math.abs(best - near)) best = i
    return best
  }
  const surface = row => row.querySelector('.s').firstChild.textContent.trim()

  // The sentence with the words of the rows marked.
  const marked = (text, rows) => {
    const quote = make('blockquote')
    quote.lang = 'zh-CN'
    let done = 0
    const spans = rows.map(row => [nearest(text, surface(row), +row.dataset.at || 0), surface(row).length])
    for (const [from, size] of spans.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
      if (from < done || !size) continue
      quote.append(text.slice(done, from), make('mark', '', text.slice(from, from + size)))
      done = from + size
    }
    quote.append(text.slice(done))
    return quote
  }

  const told = row => {
    const line = make('p', 'row'), link = make('a', '', row.querySelector('.n').textContent)
    link.href = '#' + row.id
    const parts = [row.querySelector('.s').textContent.trim(), row.querySelector('.w').textContent, row.dataset.rule]
    line.append(link, ' ' + parts.filter(Boolean).join(' · '))
    return line
  }

  const card = make('div', 'card')
  card.popover = 'auto'
  card.tabIndex = -1
  card.setAttribute('role', 'dialog')
  const fill = at => {
    const close = make('button', 'close', '×'), groups = new Map()
    close.ariaLabel = main.dataset.close
    close.onclick = () => card.hidePopover()
    for (const row of rowsOf(at)) groups.set(row.parentNode, [...(groups.get(row.parentNode) || []), row])
    const shown = [...groups].slice(0, most), all = make('a', '', at.tagName === 'LI' ? '' : at.firstChild.textContent.trim())
    all.href = '#' + at.id
    card.replaceChildren(close, all)
    let source
    for (const [list, rows] of shown) {
      const section = list.closest('section'), before = list.previousElementSibling
      if (section !== source) card.append(make('h2', '', section.querySelector('h2').textContent), make('p', 'about', section.querySelector('.about').textContent))
      source = section
      if (before?.className === 'sentence') card.append(marked(before.textContent, rows))
      card.append(...rows.slice(0, most).map(told))
    }
    if (groups.size > most) card.append(make('p', 'about', '… +' + (groups.size - most)))
  }
  const place = from => {
    const box = from.getBoundingClientRect(), below = box.bottom + 8
    if (innerWidth < 640) return Object.assign(card.style, {left: '0', right: '0', top: 'auto', bottom: '0'})
    const fits = below + card.offsetHeight < innerHeight
    Object.assign(card.style, {left: Math.max(16, Math.min(box.left, innerWidth - card.offsetWidth - 16)) + 'px', right: 'auto', bottom: 'auto',
      top: (fits ? below : Math.max(16, Math.min(box.top - card.offsetHeight - 8, innerHeight - card.offsetHeight - 16))) + 'px'})
  }
  if (card.showPopover) {
    d.body.append(card)
    d.addEventListener('click', event => {
      const link = event.target.closest('a[href^="#ev-"],a[href^="#set-"]')
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
      const at = d.getElementById(link.hash.slice(1))
      if (card.contains(link)) return card.hidePopover()
      if (!at || link.closest('.evidence')) return
      event.preventDefault()
      fill(at)
      card.showPopover()
      place(link)
      card.focus()
    })
  }

  const marks = new Map([...d.querySelectorAll('nav a')].map(a => [d.getElementById(a.hash.slice(1)), a]))
  const watch = new IntersectionObserver(seen => {
    for (const {target, isIntersecting} of seen) marks.get(target).classList.toggle('now', isIntersecting)
  }, {rootMargin: '-20% 0px -75% 0px'})
  for (const section of marks.keys()) if (section) watch.observe(section)

  const save = (name, type, text) => {
    const link = make('a')
    link.href = URL.createObjectURL(new Blob([text], {type}))
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 1000)
  }
  const field = text => '"' + (/^[=+@-]./.test(text) && isNaN(text) ? "'" : '') + text.replaceAll('"', '""') + '"'
  const csv = table => '\ufeff' + [...table.rows].map(r => [...r.cells].map(c => field(c.textContent)).join(',')).join('\r\n') + '\r\n'
  for (const figure of d.querySelectorAll('main figure')) {
    const table = figure.querySelector('table'), drawing = figure.querySelector('svg')
    if (!table && !drawing) continue
    const button = make('button', 'get', table ? 'CSV' : 'SVG')
    button.onclick = () => table ? save(figure.id + '.csv', 'text/csv', csv(table))
      : save(figure.id + '.svg', 'image/svg+xml', new XMLSerializer().serializeToString(drawing))
    figure.querySelector('figcaption').append(' ', button)
  }
})()
