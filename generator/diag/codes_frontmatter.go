package diag

var frontMatterRules = []Rule{}
