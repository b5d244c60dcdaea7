// The script of pages with tabs. Without it the panels stand one after another, each
// under its title.
import { attachTabs } from './tabs/tabs'

attachTabs()
