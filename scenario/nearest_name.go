package scenario

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// nearest returns the valid name that a mistyped one is most likely to stand
// for, and whether any is near enough to suggest. In this order: a name with one
// or two letters wrong; a name that has all of the given one's words; one with
// up to one letter in three wrong, or with most of the words; one that is a part
// of the other.
func nearest(name string, valid []string) (string, bool) {
	given := fold(name)
	if len(given) > longest {
		return "", false
	}
	wrong := max(1, len(given)/3) // how many letters may be
	best, least := "", nearness{}
	for _, v := range valid {
		if len(v) > longest {
			continue
		}
		folded := fold(v)
		var n nearness
		n.words, n.all = shared(given, folded)
		most := wrong
		if n.words || n.all {
			most = longest
		}
		n.letters = distance([]rune(given), []rune(folded), most)
		n.typo = n.letters <= min(2, wrong)
		if (n.typo || n.words || n.all || n.letters <= wrong) && (best == "" || n.closer(least)) {
			best, least = v, n
		}
	}
	if best == "" && len(given) >= 4 {
		best = partOf(given, valid)
	}
	return best, best != ""
}

// nearness is how near two names are.
type nearness struct {
	letters    int  // that are wrong
	typo       bool // so few that one must stand for the other
	words, all bool // most of the given words, or all of them, are in the other
}

func (n nearness) closer(than nearness) bool {
	switch {
	case n.typo != than.typo:
		return n.typo
	case n.all != than.all && !n.typo:
		return n.all
	}
	return n.letters < than.letters
}

// shared reports whether most of the words of a name, and whether all of them, are
// in another; one of them must be more than a particle.
func shared(given, other string) (most, all bool) {
	words, others := strings.Fields(given), strings.Fields(other)
	n, long := 0, false
	for _, w := range words {
		if slices.ContainsFunc(others, func(o string) bool { return sameWord(w, o) }) {
			n, long = n+1, long || len(w) >= 4
		}
	}
	return long && len(words) > 1 && 2*n > len(words), long && n == len(words)
}

// nearestFew returns so many valid names, those that are most like a name first: that share
// most words with it and then, of all pairs of neighbouring letters of the two, most pairs.
// If none is like it, they are the first.
func nearestFew(name string, valid []string, most int) (few []string, like bool) {
	type ranked struct {
		name  string
		words int
		pairs float64
	}
	given := fold(name)
	all := make([]ranked, len(valid))
	for i, v := range valid {
		all[i] = ranked{v, 0, pairsShared(given, fold(v))}
		for _, w := range strings.Fields(given) {
			if len(w) >= 4 && slices.ContainsFunc(strings.Fields(fold(v)), func(o string) bool { return sameWord(w, o) }) {
				all[i].words++
			}
		}
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return cmp.Or(b.words-a.words, cmp.Compare(b.pairs, a.pairs)) })
	for _, one := range all[:min(most, len(all))] {
		few, like = append(few, one.name), like || one.words > 0 || one.pairs > 0.25
	}
	if !like {
		return valid[:len(few)], false
	}
	return few, true
}

// pairsShared is twice the pairs of neighbouring letters that two texts share over all that
// they have (Dice's coefficient), of the first letters of long ones.
func pairsShared(a, b string) float64 {
	pairs := func(text string) map[string]int {
		letters, counts := []rune(text), map[string]int{}
		for i := range min(len(letters), longest) - 1 {
			counts[string(letters[i:i+2])]++
		}
		return counts
	}
	first, second := pairs(a), pairs(b)
	shared, all := 0, 0
	for pair, n := range first {
		shared, all = shared+min(n, second[pair]), all+n
	}
	for _, n := range second {
		all += n
	}
	return float64(2*shared) / float64(max(1, all))
}

// sameWord allows for one wrong letter in a word of five or more.
func sameWord(a, b string) bool {
	a, b = strings.Trim(a, ",;()"), strings.Trim(b, ",;()")
	return a == b || len(a) >= 5 && distance([]rune(a), []rune(b), 1) <= 1
}

// almost returns the valid name that a new name is all but equal to: two letters
// are wrong at most, fewer in a short name, and it has the same digits and not
// another point of the compass.
func almost(name string, valid []string) (string, bool) {
	for _, v := range valid {
		if v != name && alike(name, v, min(2, (len(v)-1)/3)) && digits(v) == digits(name) && !opposite(name, v) {
			return v, true
		}
	}
	return "", false
}

func isAlmost(name string, valid []string) bool {
	_, ok := almost(name, valid)
	return ok
}

// opposite reports whether two names have different points of the compass, as
// those of neighbouring councils do.
func opposite(a, b string) bool {
	first, second := compass(a), compass(b)
	return first != "" && second != "" && first != second
}

func compass(name string) string {
	var found string
	for _, point := range []string{"north", "south", "east", "west"} {
		if strings.Contains(fold(name), point) {
			found += point
		}
	}
	return found
}

// alike reports whether so many letters at most are wrong in one of two names.
func alike(a, b string, wrong int) bool {
	return max(len(a), len(b)) <= longest && distance([]rune(fold(a)), []rune(fold(b)), wrong) <= wrong
}

func digits(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
}

// partOf returns the first valid name that holds the given one, or the other
// way round; empty if there is none.
func partOf(given string, valid []string) string {
	for _, v := range valid {
		if strings.Contains(fold(v), given) || len(v) >= 4 && strings.Contains(given, fold(v)) {
			return v
		}
	}
	return ""
}

// fold takes away the differences that do not count as mistakes.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return ' '
		}
		return unicode.ToLower(r)
	}, name)
}

// distance is how many letters must be added, taken out, changed or swapped
// with their neighbour to get from one word to the other. Beyond most it is not exact, only
// above most.
func distance(a, b []rune, most int) int {
	if gap := max(len(a)-len(b), len(b)-len(a)); gap > most {
		return gap
	}
	var before, last, row [longest + 2]int // of the two rows before, and this one
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		from, to := max(1, i-most), min(len(b), i+most)
		row[from-1] = i // outside what can matter
		least := i
		for j := from; j <= to; j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return least
		}
		before, last = last, row
		if to < len(b) {
			last[to+1] = most + 1
		}
	}
	return last[len(b)]
}

// longest is the length in bytes of the longest names that are compared.
const longest = 60
