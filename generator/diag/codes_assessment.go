package diag

var assessmentRules = []Rule{}
