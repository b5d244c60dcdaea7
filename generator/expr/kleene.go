package expr

// The tables of Kleene's logic over sets: 8 × 8, made element by element.
var (
	andTable  = tableOf(and)
	orTable   = tableOf(func(a, b Truths) Truths { return not(and(not(a), not(b))) })
	equal     = tableOf(sameOne)
	notTable  = notTableOf()
	different = tableOf(func(a, b Truths) Truths { return not(sameOne(a, b)) })
)

func and(a, b Truths) Truths {
	switch {
	case a == False || b == False:
		return False
	case a == None || b == None:
		return None
	}
	return True
}

func not(a Truths) Truths {
	switch a {
	case True:
		return False
	case False:
		return True
	}
	return None
}

func sameOne(a, b Truths) Truths {
	switch {
	case a == None || b == None:
		return None
	case a == b:
		return True
	}
	return False
}

func tableOf(one func(a, b Truths) Truths) (table [8][8]Truths) {
	for a := range Truths(8) {
		for b := range Truths(8) {
			for i := True; i <= None; i <<= 1 {
				for j := True; j <= None; j <<= 1 {
					if a.Has(i) && b.Has(j) {
						table[a][b] |= one(i, j)
					}
				}
			}
		}
	}
	return table
}

func notTableOf() (table [8]Truths) {
	for a := range Truths(8) {
		for i := True; i <= None; i <<= 1 {
			if a.Has(i) {
				table[a] |= not(i)
			}
		}
	}
	return table
}

// And returns the truths that a && b may have.
func And(a, b Truths) Truths { return andTable[a][b] }

// Or returns the truths that a || b may have.
func Or(a, b Truths) Truths { return orTable[a][b] }

// Not returns the truths that !a may have.
func Not(a Truths) Truths { return notTable[a] }

func sameTruths(sign string, a, b Truths) Truths {
	if sign == "==" {
		return equal[a][b]
	}
	return different[a][b]
}
