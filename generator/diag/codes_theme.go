package diag

var themeRules = []Rule{}
