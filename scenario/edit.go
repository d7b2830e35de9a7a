package scenario

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/decimals"
	"github.com/edgeofcare/edgeofcare/internal/words"
)

// Edit is one change to a programme: a value replaced, a number multiplied, or
// something added to a number or a date. [Set], [Times], [Plus] and [ParseEdit]
// make one, and programme files have them under cases and variants.
// [Document.Version] and [Version.With] apply them.
//
// The path of an edit is the names that lead to the setting, joined by full stops.
// A star is for every name in its place, and an item of a list is named by its
// number, counted from 1:
//
//	cohorts.step-down.start probability
//	cohorts.*.referrals.to
//	savings targets.1.amount
//
// The last name may be new, and so may a cohort's background and the state in it;
// every other name must exist. An edit replaces a value together with what the
// file says about where it came from.
type Edit struct {
	path   string
	text   string // of the value, as given
	value  *node  // to put there
	sum    sum    // to do with what is there instead
	factor decimal.Decimal
	amount quantity // that is added
	at     place
	by     string // the case, variant or stress it belongs to; empty for any other edit
	where  string // its path in the file; empty for any other edit
	source evidence
	faults []finding // found when it was made
}

// sum is what an edit works out from the value that is there.
type sum int

const (
	none  sum = iota // it puts another value in its place
	times            // its factor times the number
	plus             // the number or date plus its amount
)

// sums are the names of sums in a programme file.
var sums = []string{times: "times", plus: "plus"}

// Set returns an edit that puts a value at a path. The value is written as in
// a programme file: "26 weeks", "27.5%", "{hazard: 0.01, to: {foster: 100%}}".
// A value that cannot be read is a fault of the version that the edit is applied to.
func Set(path, value string) Edit {
	e := Edit{path: strings.TrimSpace(path), text: strings.TrimSpace(value)}
	e.at.file = fmt.Sprintf("edit %q", e.String())
	e.value, e.faults = parse("", []byte(value))
	if strings.TrimSpace(value) == "" {
		e.faults = []finding{e.at.fault("", "there is no value: write path=value, such as cohorts.step-down.lag=26")}
	}
	for i := range e.faults {
		e.faults[i].at = e.at
	}
	if factor, ok := multiplication(value); ok {
		e.faults = []finding{e.at.fault("", "%s is not a value: to multiply the present number, write %s*=%s", quote(e.text), e.path, factor)}
	}
	if e.value != nil {
		e.value.move(func(place) place { return e.at })
		e.unwrap()
	}
	return e
}

// Times returns an edit that multiplies the number at a path, which may have a
// unit or be a percentage. An amount in £ is rounded to the penny. A rate of moving is multiplied as a weekly probability,
// in whichever form it is written.
func Times(path string, factor decimal.Decimal) Edit {
	e := Edit{path: strings.TrimSpace(path), sum: times, factor: factor}
	if err := decimals.Check(factor); err != nil {
		e.factor, e.at.file = decimal.Zero, fmt.Sprintf("edit of %q", e.path)
		e.faults = []finding{e.at.fault("", "the factor cannot be used: %s", err)}
		return e
	}
	e.at.file = fmt.Sprintf("edit %q", e.String())
	return e
}

// Plus returns an edit that adds to the number or the date at a path. To a date
// it adds days, weeks, months or years: 7 months later is the same day of the
// month, or the last day of a shorter month. To a number it adds a number in the
// same unit: "91 days", "10%", or "5000" if there is no unit. An amount that cannot
// be read is a fault of the version that the edit is applied to.
func Plus(path, amount string) Edit {
	e := Edit{path: strings.TrimSpace(path), sum: plus, text: strings.TrimSpace(amount)}
	var ok bool
	if e.amount, ok = parseQuantity(amount); !ok {
		e.at.file = fmt.Sprintf("edit %q", e.path+"+="+e.text)
		e.faults = []finding{e.at.fault("", "%s cannot be added: write a number, a percentage or a length of time, such as %s+=7 months", quote(e.text), e.path)}
		return e
	}
	e.at.file = fmt.Sprintf("edit %q", e.String())
	return e
}

// ParseEdit reads an edit as written on a command line: path=value to set,
// path*=factor to multiply, or path+=amount to add. Errors are faults, each a
// *model.Fault.
func ParseEdit(text string) (Edit, error) {
	path, value, ok := strings.Cut(text, "=")
	path = strings.TrimSpace(path)
	at := place{file: fmt.Sprintf("edit %q", text)}
	if !ok || path == "" {
		return Edit{}, join([]finding{at.fault("", "this is not an edit: write path=value, such as \"cohorts.step-down.lag=26\", path*=factor, such as \"cohorts.step-down.lag*=0.8\", or path+=amount, such as \"cohorts.step-down.lag+=4 weeks\"")})
	}
	if before, ok := strings.CutSuffix(path, "*"); ok && !strings.HasSuffix(before, ".") && before != "" {
		factor, err := parseNumber(value, aNumber)
		if err != nil {
			return Edit{}, join([]finding{at.fault("", "%s", err)})
		}
		return Times(before, factor), nil
	}
	e := Set(path, value)
	if before, ok := strings.CutSuffix(path, "+"); ok && !strings.HasSuffix(before, ".") && before != "" {
		e = Plus(before, value)
	}
	return e, join(e.faults)
}

// String writes the edit as [ParseEdit] reads it: "cohorts.*.lag=26 weeks",
// "contract cap*=0.9", "end+=7 months".
func (e Edit) String() string {
	switch {
	case e.sum == times:
		return e.path + "*=" + e.factor.String()
	case e.sum == plus:
		return e.path + "+=" + e.amount.String()
	case e.text == "" && e.value != nil: // a block or a list from a programme file
		return e.path + "=" + e.value.inline()
	}
	return e.path + "=" + e.text
}

// fileEdit is an edit of a case or variant in a file.
func fileEdit(setting entry, where, by string, outer evidence) Edit {
	e := Edit{path: setting.name, at: setting.value.at, by: by, where: where, source: outer, value: setting.value}
	e.unwrap()
	if e.value != nil {
		e.text, _ = e.value.inner().written()
	}
	return e
}

// product is a number with a sign of multiplication before or after it.
var product = regexp.MustCompile(`^(?:[x×*]\s*([0-9.]+)|([0-9.]+)\s*[x×*])$`)

// multiplication returns the factor in a text such as x0.75, and whether there
// is one.
func multiplication(text string) (factor string, ok bool) {
	parts := product.FindStringSubmatch(strings.TrimSpace(text))
	if parts == nil {
		return "", false
	}
	return parts[1] + parts[2], true
}

// unwrap makes an edit that multiplies or adds of one whose value is {times: …}
// or {plus: …}.
func (e *Edit) unwrap() {
	if sum, operand := e.value.sum(); sum != none {
		e.worksOut(sum, operand)
	}
}

// sum reports whether a value is {times: …} or {plus: …}, and by how much.
func (n *node) sum() (of sum, operand *node) {
	if n.isRate() {
		return none, nil // with a factor of its own
	}
	for _, of := range []sum{times, plus} {
		if e, ok := n.entry(sums[of]); ok {
			return of, e.value
		}
	}
	return none, nil
}

// worksOut turns {times: x, note: …} into an edit that multiplies, and
// {plus: x, note: …} into one that adds.
func (e *Edit) worksOut(of sum, operand *node) {
	name := sums[of]
	for _, beside := range e.value.entries {
		if beside.name != name && !slices.Contains(besideValue, beside.name) {
			e.faults = append(e.faults, beside.at.fault(under(e.where, beside.name), "%s cannot stand beside %s, only %s can", quote(beside.name), name, words.And(besideValue)))
		}
	}
	e.source = e.value.ownEvidence().within(e.source)
	e.value, e.text, e.sum = nil, "", of
	var ok bool
	if of == times {
		number, err := parseNumber(operand.text, aNumber)
		e.factor, ok = number, err == nil
	} else {
		e.amount, ok = parseQuantity(operand.text)
	}
	if !ok || operand.kind != scalar {
		e.faults = append(e.faults, operand.at.fault(e.where, "%s", needed[of]))
	}
}

// needed says what belongs after the name of a sum.
var needed = []string{
	times: "times needs a number, such as {times: 0.8}",
	plus:  "plus needs a number, a percentage or a length of time, such as {plus: 5000}, {plus: 10%} or {plus: 7 months}",
}

func (e Edit) fault(problem string, args ...any) finding {
	return e.at.fault(e.where, problem, args...)
}

// move changes the places of a node and all in it.
func (n *node) move(to func(place) place) {
	n.at = to(n.at)
	for i := range n.entries {
		n.entries[i].at = to(n.entries[i].at)
		n.entries[i].value.move(to)
	}
	for _, item := range n.items {
		item.move(to)
	}
}
