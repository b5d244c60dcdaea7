// The tasks of a page's main thread, from a trace. Counted is the time of the processor
// that each took: how long it took by the clock depends on what else the machine does.

/** Traces `page` while `act` runs; returns its tasks and its marks, in the order of time. */
export async function tasksOf(browser, page, act) {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] })
  await act()
  await page.evaluate(() => performance.mark('traced'))
  const { traceEvents } = JSON.parse(String(await browser.stopTracing()))
  const at = traceEvents.find(({ name, cat }) => name === 'traced' && cat.includes('user_timing'))
  const here = traceEvents.filter(({ pid, tid }) => pid === at.pid && tid === at.tid)
  const tasks = here.filter(({ name, dur }) => name === 'ThreadControllerImpl::RunTask' && dur > 0)
    .map(({ ts, dur, tdur }) => ({ start: ts / 1000, end: (ts + dur) / 1000, clock: dur / 1000, work: (tdur ?? dur) / 1000 }))
  const marks = here.filter(({ name, cat }) => cat.includes('user_timing') && name === 'answer').map(({ ts }) => ts / 1000)
  return { tasks, marks }
}
