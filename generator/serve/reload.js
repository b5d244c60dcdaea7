// Reloads the page when the site it was made from is no longer the current one.
// All tabs of a browser share one event stream, for a browser opens only six
// connections to a host: the tab that holds the lock listens and tells the others;
// when it closes, the lock and the listening pass to the next.
(function () {
  'use strict'
  var mine = document.currentScript.getAttribute('data-version')
  var tabs = new BroadcastChannel('cairn-reload')

  function hear(version) {
    if (version !== mine) location.reload()
  }

  tabs.onmessage = function (message) { hear(message.data) }

  navigator.locks.request('cairn-reload', function () {
    return new Promise(function () {
      var stream = new EventSource('/_cairn/events')
      stream.onmessage = function (message) {
        tabs.postMessage(message.data)
        hear(message.data)
      }
    })
  })
})()
