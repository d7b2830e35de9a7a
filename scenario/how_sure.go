package scenario

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// How well a number is known stands beside it:
//
//	{value: 0.0081, range: 0.0060 to 0.0110}
//
// A range holds the number with a chance of 90%, and the number is its mean. Its
// law follows from what the number is: see family. Other laws are named:
// triangular, PERT and uniform have limits instead, normal has a range and limits,
// and "one of" lists values with weights. "20 of 31" is a count, and says both what
// the share is and how well it is known.

// lawNames are what may stand beside a number to say how well it is known.
var lawNames = []string{rangeLaw, "normal", "triangular", "PERT", "uniform", oneOf}

const rangeLaw, oneOf = "range", "one of"

// families are the laws that are named in a file.
var families = map[string]uncertain.Family{
	"normal": uncertain.Normal, "triangular": uncertain.Triangular, "PERT": uncertain.PERT, "uniform": uncertain.Uniform,
}

// family is the law of a range around a number of a kind; empty where none follows.
func (w want) family() uncertain.Family {
	switch w {
	case aShare, aChance:
		return uncertain.Beta
	case aWeeklyChance, aRate, aFactor, aMeanStay:
		return uncertain.LogNormal
	case anAmount, aNumber:
		return uncertain.Gamma
	}
	return ""
}

// counted is a count of how many, out of how many.
var counted = regexp.MustCompile(`^([0-9]{1,9}) of ([0-9]{1,9})$`)

// parseCounts reads "20 of 31", and reports whether the text is of that form.
func parseCounts(text string) (events, of int64, ok bool) {
	if !strings.Contains(text, " of ") { // as nearly every text, which this tells sooner
		return 0, 0, false
	}
	parts := counted.FindStringSubmatch(strings.TrimSpace(text))
	if parts == nil {
		return 0, 0, false
	}
	events, _ = strconv.ParseInt(parts[1], 10, 64)
	of, _ = strconv.ParseInt(parts[2], 10, 64)
	return events, of, true
}

// countedShare is the share that a count comes to, and whether the node is a count.
func (n *node) countedShare() (share string, ok bool) {
	events, of, ok := parseCounts(n.text)
	if !ok || n.kind != scalar || of == 0 {
		return "", false
	}
	return decimal.NewFromInt(events).DivRound(decimal.NewFromInt(of), 16).String(), true
}

// countedShare is the share that a count comes to, as a text; a text of any other
// form is returned as it is.
func (c cursor) countedShare(text string, w want) (string, error) {
	events, of, ok := parseCounts(text)
	switch {
	case !ok:
		return text, nil
	case w.family() != uncertain.Beta:
		return "", fmt.Errorf("%s is a count, which says a share: write %s", quote(text), w)
	case of == 0 || events > of:
		return "", fmt.Errorf("%s is not a share: write how many of how many, such as 20 of 31", quote(text))
	case strings.TrimSpace(text) != fmt.Sprintf("%d of %d", events, of):
		return "", fmt.Errorf("%s has a number that begins with a zero, which some programs take for another: write %d of %d", quote(text), events, of)
	}
	share, _ := c.n.countedShare()
	return share, nil
}

// howSure reads how well the number at the cursor is known, from what stands beside
// it or from a count, and adds it to what is uncertain.
func howSure[T any](c cursor, w want, stated T, parse func(string, want) (T, error)) {
	switch any(stated).(type) {
	case decimal.Decimal, int:
	default:
		if w != aDate {
			return // and what stands beside it is refused
		}
	}
	law, said := c.lawBeside()
	events, of, isCount := parseCounts(c.n.text)
	switch {
	case law == nil && !isCount:
		if _, read := c.d.stated[c.path]; !read && !c.d.certain {
			c.d.stated[c.path] = readAt{len(c.d.p.Uncertain), len(c.d.stated)}
		}
		return
	case law != nil && isCount:
		c.fault("%s says itself how well it is known: leave %s out, or write the share", quote(c.n.text), quote(law.name))
		return
	}
	c.d.sureOf[c.path] = true
	if c.d.certain || c.d.isUncertain(c.path) { // or a setting that is read twice
		return
	}
	u := model.Uncertain{Path: model.Path(c.path), Said: said}
	var err error
	switch {
	case isCount:
		u.Said, u.Count = c.n.text, float64(events)
		u.Law, err = uncertain.OfCounts(float64(events), float64(of))
	case law.name == oneOf:
		u.Law, u.Values, err = weighted(c, w, law, parse)
	default:
		u.Law, err = lawOf(c.d, law, w, number(stated), parse)
	}
	if err != nil {
		c.fault("%s", err)
		return
	}
	c.d.p.Uncertain = append(c.d.p.Uncertain, u)
}

// readAt is when a number that is certain was read: how many uncertain inputs and how
// many certain numbers had been read before.
type readAt struct{ uncertain, certain int }

// isUncertain reports whether an input is known to be uncertain.
func (d *decoder) isUncertain(path string) bool {
	return slices.ContainsFunc(d.p.Uncertain, func(u model.Uncertain) bool { return string(u.Path) == path })
}

// lawBeside returns what stands beside the value at the cursor and says how well it
// is known, and that in the words of the file.
func (c cursor) lawBeside() (law *entry, said string) {
	if c.wrapped == nil {
		return nil, ""
	}
	for _, name := range lawNames {
		e, ok := c.wrapped.entry(name)
		switch {
		case ok && law != nil:
			c.fault("%s and %s both say how well this is known: keep one of them", quote(law.name), quote(name))
		case ok:
			law, said = e, name+": "+e.value.inline()
		}
	}
	return law, said
}

// number is a number that was read; 0 for anything else, which has no law but a list.
func number(v any) float64 {
	switch v := v.(type) {
	case decimal.Decimal:
		return v.InexactFloat64()
	case int:
		return float64(v)
	}
	return 0
}

// lawOf is the law of a number between two ends.
func lawOf[T any](d *decoder, e *entry, w want, mean float64, parse func(string, want) (T, error)) (uncertain.Law, error) {
	family := families[e.name]
	if e.name == rangeLaw {
		family = w.family()
	}
	switch {
	case family == "" && strings.HasPrefix(w.what, "a yearly rate"):
		return uncertain.Law{}, fmt.Errorf("a yearly rate can be below 0, so no law follows from its range: name one, as uniform: 1%% to 3%%")
	case family == "" || w.family() == "" && w != aYearlyRate:
		return uncertain.Law{}, fmt.Errorf("only a share, a rate, an amount or a number of children has a range; for %s, list the values that it may have, as %s", w.what, w.listExample())
	case e.value.kind != scalar:
		return uncertain.Law{}, fmt.Errorf("%s needs its two ends: write %s", quote(e.name), w.endsOf(e.name))
	}
	text, limits, within := strings.Cut(e.value.text, " within ")
	switch {
	case within && family != uncertain.Normal:
		return uncertain.Law{}, fmt.Errorf("%s is %s, and only normal has limits beside its range: write %s", quote(e.name), quote(e.value.text), w.endsOf(e.name))
	case !within && family == uncertain.Normal:
		return uncertain.Law{}, fmt.Errorf("%s is %s, without the limits that it never passes: write %s", quote(e.name), quote(e.value.text), w.endsOf(e.name))
	}
	low, high, err := ends(text, w, parse)
	if err != nil {
		return uncertain.Law{}, fmt.Errorf("%s: %w", quote(e.name), err)
	}
	law, err := d.fit(family, mean, low, high)
	if err != nil || !within {
		return law, err
	}
	least, most, err := ends(limits, w, parse)
	if err != nil {
		return law, fmt.Errorf("%s: %w", quote(e.name), err)
	}
	return law.WithLimits(least, most)
}

// endsOf is an example of how a law of a kind of number is written.
func (w want) endsOf(law string) string {
	ends, limits := w.rangeExample()
	if law == "normal" {
		return law + ": " + ends + " within " + limits
	}
	return law + ": " + ends
}

// rangeExample is an example of a range of a kind of number, and of its limits.
func (w want) rangeExample() (ends, limits string) {
	switch w {
	case aWeeklyChance:
		return "0.005 to 0.012", "0.001 to 0.03"
	case aRate, aFactor:
		return "0.7 to 1.4", "0.5 to 2"
	case aMeanStay:
		return "30 to 52 weeks", "20 to 80 weeks"
	case anAmount:
		return "3500 to 4500", "3000 to 5000"
	case aNumber:
		return "32 to 49", "20 to 60"
	case aYearlyRate:
		return "1% to 3%", "0% to 5%"
	}
	return "50% to 70%", "0% to 100%"
}

// listExample is an example of a list of values of a kind.
func (w want) listExample() string {
	if w == aDate {
		return oneOf + ": {2026-04-01: 60%, 2026-07-01: 40%}"
	}
	return oneOf + ": {13 weeks: 40%, 26 weeks: 60%}"
}

// ends reads two numbers of a kind. A unit may stand once, at the end.
func ends[T any](text string, w want, parse func(string, want) (T, error)) (low, high float64, err error) {
	first, last, ok := strings.Cut(text, " to ")
	if !ok {
		example, _ := w.rangeExample()
		return 0, 0, fmt.Errorf("%s is not a range: write its two ends with \"to\" between them, such as %s", quote(text), example)
	}
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	if numeral.MatchString(first) {
		for i, sign := range last {
			if !strings.ContainsRune("0123456789.eE+-", sign) {
				first += last[i:]
				break
			}
		}
	}
	a, err := parse(first, w)
	if err != nil {
		return 0, 0, err
	}
	b, err := parse(last, w)
	if err != nil {
		return 0, 0, err
	}
	if low, high = number(a), number(b); low >= high {
		return 0, 0, fmt.Errorf("%s runs backwards, or has no width: write the lower end first", quote(text))
	}
	return low, high, nil
}

// weighted reads a list of values with weights.
func weighted[T any](c cursor, w want, e *entry, parse func(string, want) (T, error)) (uncertain.Law, []string, error) {
	if e.value.kind != block || len(e.value.entries) < 2 {
		return uncertain.Law{}, nil, fmt.Errorf("%s needs two values or more with their weights: write %s", quote(oneOf), w.listExample())
	}
	var values []uncertain.Weighted
	var texts []string
	total, form, isIn := decimal.Zero, sumForm{}, false
	for i, one := range e.value.entries {
		v, err := parse(one.name, w)
		if err != nil {
			return uncertain.Law{}, nil, fmt.Errorf("%s: %w", quote(oneOf), err)
		}
		weight, percent, err := parseProportion(one.value.inner().text, aShare)
		if err != nil {
			return uncertain.Law{}, nil, fmt.Errorf("the weight of %s: %w", quote(one.name), err)
		}
		total, form.percent = total.Add(weight), form.percent || percent
		x := float64(i)
		if d, ok := any(v).(decimal.Decimal); ok {
			x = d.InexactFloat64()
		}
		stated, err := parse(c.n.text, w)
		isIn = isIn || err == nil && fmt.Sprint(stated) == fmt.Sprint(v)
		values = append(values, uncertain.Weighted{Value: x, Weight: weight.InexactFloat64()})
		texts = append(texts, one.name)
	}
	switch {
	case !total.Equal(one):
		return uncertain.Law{}, nil, fmt.Errorf("the weights of %s add up to %s", quote(oneOf), form.of(total))
	case !isIn:
		return uncertain.Law{}, nil, fmt.Errorf("%s is none of the values under %s: it is what the central projection has, so write one of them, or add it to the list", quote(c.n.text), quote(oneOf))
	}
	order := make([]int, len(values)) // the law has its values in ascending order
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[a].Value, values[b].Value) })
	sorted := make([]string, len(texts))
	for i, at := range order {
		sorted[i] = texts[at]
	}
	law, err := uncertain.OfList(values)
	return law, sorted, err
}

// strayLaws reports what says how well something is known and was not read, because
// it does not stand beside a number.
func (d *decoder) strayLaws() {
	for _, stray := range d.laws {
		if path := stray.path; !d.sureOf[path] && !d.bad[path] && !d.holdsBad[path] {
			d.report(stray.at, path, "this cannot have a range: only a share, a rate, an amount, or a number of children or weeks can say how well it is known")
		}
	}
}

// workOutLaws returns what an edit makes of how well the number that is there is
// known: both ends of a range are multiplied and moved with the number.
func (e Edit) workOutLaws(whole, old *node) ([]entry, error) {
	if events, of, ok := parseCounts(old.text); ok && old.kind == scalar {
		law, err := uncertain.OfCounts(float64(events), float64(of))
		if err != nil {
			return nil, err
		}
		low, high := law.Range()
		text := strconv.FormatFloat(low, 'f', 9, 64) + " to " + strconv.FormatFloat(high, 'f', 9, 64)
		return e.workOutEnds([]entry{{name: rangeLaw, at: old.at, value: &node{kind: scalar, text: text, at: old.at}}})
	}
	if _, wrapped := whole.entry("value"); whole.kind != block || !wrapped {
		return nil, nil
	}
	var laws []entry
	for _, beside := range whole.entries {
		if slices.Contains(lawNames, beside.name) {
			laws = append(laws, beside)
		}
	}
	return e.workOutEnds(laws)
}

// quantityIn is a number in a text, with a unit that may follow it.
var quantityIn = regexp.MustCompile(`[+-]?[0-9]+(?:\.[0-9]+)?(?: *%| +(?:day|week|month|year)s?)?`)

// workOutEnds works out every number that a law has.
func (e Edit) workOutEnds(laws []entry) ([]entry, error) {
	var failed error
	each := func(text string) string {
		return quantityIn.ReplaceAllStringFunc(text, func(one string) string {
			done, _, err := e.workOut(&node{kind: scalar, text: one})
			if err != nil {
				failed = err
			}
			return done
		})
	}
	var all []entry
	for _, law := range laws {
		n := law.value.clone()
		n.text = each(sharedUnit(n.text))
		for i := range n.entries { // of a list, whose weights stay
			n.entries[i].name = each(n.entries[i].name)
		}
		all = append(all, entry{name: law.name, at: e.at, value: n})
	}
	return all, failed
}

// sharedUnit writes a unit that stands once, at the end of a range, at both ends.
func sharedUnit(text string) string {
	parts := strings.Split(text, " to ")
	if len(parts) != 2 {
		return text
	}
	last, ok := parseQuantity(parts[1])
	if first, plain := parseQuantity(parts[0]); ok && plain && first.unit == "" && last.unit != "" {
		return quantity{number: first.number, unit: last.unit}.String() + " to " + parts[1]
	}
	return text
}
