// The form of a golden path: its values, and at each field why its value is refused.
import { h } from '../assessment/dom'
import { Messages } from '../engine/messages'
import { Path } from '../engine/path/data'
import { Wrong } from '../engine/path/value'

type Field = HTMLInputElement | HTMLSelectElement

export class Form {
  private readonly fields = new Map<string, { field: Field; wrong: HTMLElement }>()
  private readonly general: HTMLElement
  // Fields that were touched or sent: an empty secret is not wrong before anybody came to it.
  private readonly touched = new Set<string>()

  constructor(element: HTMLFormElement, private readonly path: Path, private readonly words: Messages) {
    element.noValidate = true
    for (const { name, type } of path.parameters) {
      const field = element.elements.namedItem(name)
      if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue
      const wrong = h('p', { class: 'wrong', id: field.id + '-wrong', hidden: '' })
      field.closest('.line')?.append(wrong)
      field.setAttribute('aria-describedby', [field.getAttribute('aria-describedby'), wrong.id].filter(Boolean).join(' '))
      this.fields.set(name, { field, wrong })
      if (type !== 'secret') this.touched.add(name)
      else field.addEventListener('input', () => this.touched.add(name))
    }
    this.general = h('p', { class: 'wrong', hidden: '', role: 'status' })
    element.append(this.general)
  }

  values(): Record<string, string> {
    const values: Record<string, string> = {}
    for (const [name, { field }] of this.fields) {
      values[name] = field instanceof HTMLInputElement && field.type === 'checkbox' ? String(field.checked) : field.value
    }
    return values
  }

  // Puts values into the form, such as those of a link. A secret is never taken from one.
  fill(values: Record<string, string>): void {
    for (const { name, type, default: standard } of this.path.parameters) {
      const entry = this.fields.get(name)
      if (!entry || type === 'secret') continue
      const value = values[name] ?? standard
      if (entry.field instanceof HTMLInputElement && entry.field.type === 'checkbox') entry.field.checked = value === 'true'
      else if (!(entry.field instanceof HTMLSelectElement) || [...entry.field.options].some((option) => option.value === value)) entry.field.value = value
    }
  }

  // Says what is wrong, each at its field; what is about the files at the form's end.
  show(faults: Wrong[], say: (wrong: Wrong) => string): void {
    for (const [name, { field, wrong }] of this.fields) {
      const fault = faults.find(({ parameter }) => parameter === name)
      const shown = fault && this.touched.has(name)
      wrong.hidden = !shown
      wrong.textContent = shown ? say(fault) : ''
      if (shown) field.setAttribute('aria-invalid', 'true')
      else field.removeAttribute('aria-invalid')
    }
    const about = faults.find(({ parameter }) => parameter === '') ?? (faults.length > 0 ? undefined : null)
    this.general.hidden = about === null
    this.general.textContent = about === null ? '' : (about ? say(about) + ' ' : '') + this.words.say('path.stays')
  }
}
