// Package themes holds the built-in theme. This file is all the code of the
// folder: it embeds the data beside it.
package themes

import "embed"

// Default is the built-in theme, below the folder "default".
//
//go:embed default/style.css default/styles default/templates default/client
var Default embed.FS
