package diag

var markdownRules = []Rule{}
