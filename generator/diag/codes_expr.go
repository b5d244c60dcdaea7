package diag

var exprRules = []Rule{}
