// Keeps an open page what the site now says. When the site is another one, a page
// asks what it would be now. Whether it reloads is its own matter: only if it would
// differ, and it keeps the place and the answers. A new style is exchanged on the
// spot, and so is the list of faults.
//
// All tabs of a browser share one event stream, for a browser opens only six
// connections to a host: the tab that holds the lock listens and tells the others;
// when it closes, the lock and the listening pass to the next.
(function () {
  'use strict'
  var mine = document.currentScript.getAttribute('data-version')
  var keptKey = 'cairn-preview-kept'
  var foldedKey = 'cairn-preview-folded'
  var asking = null, askAgain = false, leaving = false

  // What the page would be now.
  function look() {
    if (leaving) return
    if (asking) {
      askAgain = true
      return
    }
    asking = new XMLHttpRequest()
    asking.open('GET', '/_cairn/state?' + location.pathname)
    asking.responseType = 'document' // parsed by the browser, and run by nobody
    asking.onload = function () {
      var now = asking.status === 200 && asking.response
      if (now) follow(now)
    }
    asking.onloadend = function () {
      asking = null
      if (askAgain) {
        askAgain = false
        look()
      }
    }
    asking.send()
  }

  function follow(now) {
    var version = now.documentElement.getAttribute('data-version')
    if (version !== mine) {
      leaving = true
      keep()
      location.reload()
      return
    }
    exchangeStyles(sheets(now), sheets(document))
    exchangeFaults(now.getElementById('cairn-faults'))
  }

  function sheets(page) {
    return Array.prototype.slice.call(page.head.querySelectorAll('link[rel~="stylesheet"]'))
  }

  // The old style stays until the new one is there, so that the page never stands bare.
  function exchangeStyles(wanted, present) {
    wanted.forEach(function (link, i) {
      var old = present[i], href = link.getAttribute('href')
      if (!old || old.getAttribute('href') === href) return
      var fresh = old.cloneNode()
      fresh.setAttribute('href', href)
      fresh.onload = fresh.onerror = function () { old.remove() }
      old.after(fresh)
    })
  }

  function exchangeFaults(wanted) {
    var present = document.getElementById('cairn-faults')
    if (!wanted) {
      if (present) present.remove()
      return
    }
    if (!present) {
      document.body.prepend(document.adoptNode(wanted))
      remember(document.getElementById('cairn-faults'))
      return
    }
    var fresh = wanted.querySelector('details'), old = present.querySelector('details')
    if (told(fresh) === told(old)) return
    var folded = !old.open, scrolled = present.scrollTop
    old.replaceWith(document.adoptNode(fresh))
    fresh.open = !folded
    present.scrollTop = scrolled
    remember(present)
  }

  function told(list) {
    var addresses = Array.prototype.map.call(list.querySelectorAll('a'), function (a) { return a.href })
    return list.textContent + addresses.join('\n')
  }

  // A list that was folded stays so on the next page.
  function remember(list) {
    if (!list) return
    var all = list.querySelector('details')
    if (stored(foldedKey) === 'yes') all.open = false
    all.addEventListener('toggle', function () { store(foldedKey, all.open ? 'no' : 'yes') })
  }

  // What a reload must not lose: where the author is, and what was filled in. Most
  // browsers keep some of it by themselves, and none all.
  function controls() {
    return Array.prototype.slice.call(document.querySelectorAll('input, select, textarea, main details'))
      .filter(function (control) { return !/^(password|file|hidden|submit|button|reset|image)$/.test(control.type) })
  }

  function nameOf(control, i) {
    return [control.localName, control.type, control.id, control.name, control.localName === 'input' ? control.getAttribute('value') : '',
      control.id || control.name ? '' : i].join('\n')
  }

  function valueOf(control) {
    if (control.localName === 'details') return String(control.open)
    return /^(checkbox|radio)$/.test(control.type) ? String(control.checked) : control.value
  }

  function keep() {
    var values = {}
    controls().forEach(function (control, i) { values[nameOf(control, i)] = valueOf(control) })
    store(keptKey, JSON.stringify({ page: location.pathname, top: scrollY - heightOfFaults(), values: values }))
  }

  function giveBack() {
    var kept
    try { kept = JSON.parse(stored(keptKey)) } catch (_) { /* as if there were none */ }
    store(keptKey, '')
    if (!kept || kept.page !== location.pathname) return
    controls().forEach(function (control, i) {
      var value = kept.values[nameOf(control, i)]
      if (value === undefined || value === valueOf(control)) return
      if (control.localName === 'details') {
        control.open = value === 'true'
        return
      }
      if (/^(checkbox|radio)$/.test(control.type)) control.checked = value === 'true'
      else control.value = value
      // A radio button that another one puts out says nothing itself.
      if (control.type !== 'radio' || control.checked) {
        control.dispatchEvent(new Event('input', { bubbles: true }))
        control.dispatchEvent(new Event('change', { bubbles: true }))
      }
    })
    var top = kept.top + heightOfFaults()
    requestAnimationFrame(function () {
      if (kept.top > 0 && Math.abs(scrollY - top) > 1) scrollTo({ top: top, behavior: 'instant' })
    })
  }

  function heightOfFaults() {
    var list = document.getElementById('cairn-faults')
    return list ? list.offsetHeight : 0
  }

  // Storage may be forbidden; then a reload keeps what the browser keeps.
  function stored(key) { try { return sessionStorage.getItem(key) } catch (_) { return null } }
  function store(key, value) { try { sessionStorage.setItem(key, value) } catch (_) { /* as above */ } }

  function listen(hear) {
    var stream = new EventSource('/_cairn/events')
    stream.onmessage = hear
    stream.onerror = function () {
      // Where it gives up of its own accord, it is asked to try again.
      if (stream.readyState === EventSource.CLOSED) setTimeout(function () { listen(hear) }, 2000)
    }
  }

  if (navigator.locks && window.BroadcastChannel) {
    var tabs = new BroadcastChannel('cairn-reload')
    tabs.onmessage = look
    navigator.locks.request('cairn-reload', function () {
      return new Promise(function () { // for as long as the tab is open
        listen(function () {
          tabs.postMessage('look')
          look()
        })
      })
    })
  } else {
    listen(look) // outside a secure context there are no locks: a stream for each tab
  }

  addEventListener('pageshow', function (event) { if (event.persisted) look() })
  addEventListener('load', function () {
    remember(document.getElementById('cairn-faults'))
    giveBack()
    look() // closes the gap between making the page and its listening
  })
})()
