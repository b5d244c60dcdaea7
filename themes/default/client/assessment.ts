// The script of a page with an assessment; it is deferred.
import { attachAssessment } from './assessment/assessment'

attachAssessment()
