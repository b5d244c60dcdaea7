package diag

var tableRules = []Rule{}
