// Puts answers into the page's form, in place of those that are there.
import { Form, inputs } from '../assessment/form'
import { Answers, bit, isValid, Model, valueOfSteps } from '../engine/model'

export function fill(form: Form, model: Model, answers: Answers): void {
  form.clear()
  model.questions.forEach((q, i) => {
    const answer = answers[i], { byChoice, outside, note } = form.more[i]!
    byChoice.checked = answer?.['by-choice'] ?? false
    outside.checked = answer?.['outside-control'] ?? false
    note.value = answer?.note ?? ''
    note.closest('details')!.open = byChoice.checked || outside.checked || note.value !== ''
    if (!answer || answer.state === '' || !isValid(q, answer)) return
    const list = inputs(form.fields[i]!), choose = (value: string): void => {
      const input = list.find((input) => input.type !== 'number' && input.value === value)
      if (input) input.checked = true
    }
    if (answer.state !== 'answered') choose(answer.state)
    else if (q.kind === 'number') list.find(({ type }) => type === 'number')!.value = String(valueOfSteps(q, answer.number))
    else if (q.kind !== 'many') choose(q.options[answer.option]!.id)
    else if (answer.options === 0n) choose('none')
    else q.options.forEach(({ id }, option) => { if (answer.options & bit(option)) choose(id) })
  })
}
