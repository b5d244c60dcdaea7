package diag

var siteRules = []Rule{}
