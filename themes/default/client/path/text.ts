// The code of the page: the words that are the reader's, and the blocks whose condition
// does not hold.
import { Path } from '../engine/path/data'
import { filter } from '../engine/path/filter'
import { Made } from '../engine/path/make'

const mask = '••••••••'

export class Text {
  private readonly slots: { mark: HTMLElement; of: number; filter: string; secret: boolean; standard: string }[] = []
  private readonly blocks: { figure: HTMLElement; index: number }[] = []

  constructor(path: Path) {
    for (const mark of document.querySelectorAll<HTMLElement>('mark[data-of]')) {
      const of = Number(mark.dataset.of)
      const secret = path.parameters[of]?.type === 'secret'
      // What is shown in its place is no use to copy: the table of files has the file.
      if (secret) mark.closest('figure')?.classList.add('masked')
      this.slots.push({ mark, of, filter: mark.dataset.filter ?? '', secret, standard: mark.textContent ?? '' })
    }
    for (const figure of document.querySelectorAll<HTMLElement>('figure[data-block]')) this.blocks.push({ figure, index: Number(figure.dataset.block) })
  }

  show({ texts, shown }: Made): void {
    for (const slot of this.slots) {
      const written = filter(slot.filter, slot.secret ? mask : texts[slot.of]!)
      if (slot.mark.textContent !== written) slot.mark.textContent = written
      // What was changed is marked more strongly than what only could be.
      slot.mark.classList.toggle('changed', written !== slot.standard)
    }
    for (const { figure, index } of this.blocks) figure.hidden = !shown[index]
  }
}
