package diag

var sourceRules = []Rule{}
