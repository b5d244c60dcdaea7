package diag

var publishRules = []Rule{}
