// The script of a page with an assessment of which earlier versions are known: old links
// and files become answers of this version. It is loaded with the script that reads them, and
// before it.
import { Earlier } from './answers/answers'
import { migrate } from './answers/migrate'
import { readQuestions } from './engine/model'

document.addEventListener('earlier', (event) => {
  const { detail } = event as CustomEvent<Earlier>, { model, versions } = detail, earlier = versions.earlier ?? []
  for (const { questions } of earlier) readQuestions(questions)
  detail.migrate = (old, given) => migrate(model, earlier, versions.migrations ?? [], old, given)
})
