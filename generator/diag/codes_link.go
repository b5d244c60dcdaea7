package diag

var linkRules = []Rule{}
