package scenario

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// NameError is the error for a name that is not in a list: of a case, a variant, a
// stress, a programme of the library, or of anything else that is looked up by
// name.
type NameError struct {
	What  string     // what was looked up, in the singular: "case", "stress", "programme"
	Name  string     // as given
	Valid []string   // the names in the list
	Or    *NameError // what else the name could have been; nil where there is nothing else. Its Name is not used
}

// Error says what there is no such name of, suggests the nearest name and lists
// all names or, of more than fifteen, those that are most like it:
//
//	there is no case called "midium": did you mean "medium"? The cases are "medium", "low" and "high"
func (e *NameError) Error() string {
	var kinds, all, lists []string
	for of := e; of != nil; of = of.Or {
		kinds, all = append(kinds, of.What), append(all, of.Valid...)
	}
	most := listMost
	if len(all) > listMost {
		most = listNearest
	}
	for of := e; of != nil; of = of.Or {
		switch len(of.Valid) {
		case 0:
		case 1:
			lists = append(lists, "the only "+of.What+" is "+quote(of.Valid[0]))
		default:
			lists = append(lists, areNear(plural(of.What), e.Name, of.Valid, most))
		}
	}
	text := fmt.Sprintf("there is no %s called %s: ", words.Or(kinds), quote(e.Name))
	near, ok := nearest(e.Name, all)
	switch {
	case len(all) == 0:
		return text + "there are no " + plural(kinds[0])
	case ok && len(all) == 1:
		return text + "did you mean " + quote(near) + ", the only one?"
	case ok:
		return more(text+"did you mean "+quote(near)+"?", strings.Join(lists, "; "))
	}
	return text + strings.Join(lists, "; ")
}

// plural returns the plural of a kind of thing: "cases", "stresses", "kinds of
// trigger".
func plural(kind string) string {
	noun, rest, _ := strings.Cut(kind, " ")
	if !slices.ContainsFunc([]string{"of ", "that "}, func(word string) bool { return strings.HasPrefix(rest, word) }) {
		noun, rest = kind, ""
	}
	if rest != "" {
		rest = " " + rest
	}
	if strings.HasSuffix(noun, "s") {
		return noun + "es" + rest
	}
	return noun + "s" + rest
}
