package diag

var configRules = []Rule{}
