// The script of a golden path's page; it is deferred.
import { attachPath } from './path/path'

attachPath()
