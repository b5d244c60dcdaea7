package diag

var recordRules = []Rule{}
