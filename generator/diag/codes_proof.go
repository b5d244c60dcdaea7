package diag

var proofRules = []Rule{}
