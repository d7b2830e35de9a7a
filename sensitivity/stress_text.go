package sensitivity

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// This file reads a stress as a person writes it: the name of one, or several parts
// with plus signs between them, with or without a name of their own:
//
//	referrals down 20%
//	late=start 6 months late + referrals down 25%
//	dear money=delivery cost 20% higher + {facility.interest+=2%}
//
// A part is a stress, a variant or a structure of capital, an edit in braces, a driver
// with an amount, or a tail of an uncertain input: see stress_tail.go. Parts are put on
// from left to right, and a driver is that of the version with what stands before it.

// written is a stress that can be put on a version.
type written struct {
	scenario.CaseInfo
	onTop string // as [scenario.Version.With] reads it; empty where it is tails alone
	tails []tail
}

// reader reads stresses for one programme.
type reader struct {
	version  *scenario.Version
	document *scenario.Document
	inputs   []model.Uncertain          // of the version
	currency string                     // of the version's programme; empty for pounds sterling
	stresses func() []scenario.CaseInfo // found when a part asks for one
	what     string                     // is read: "stress" or "version"
}

func newReader(v *scenario.Version, what string) *reader {
	return &reader{
		version: v, document: v.Document(), inputs: v.Programme.Uncertain, currency: v.Programme.Currency,
		stresses: sync.OnceValue(v.Document().Stresses), what: what,
	}
}

// read reads one stress.
func (r *reader) read(text string) (written, error) {
	text = strings.TrimSpace(text)
	if info, ok := r.named(text); ok {
		return written{CaseInfo: info, onTop: info.Name}, nil
	}
	name, parts := nameOf(text)
	if _, taken := r.named(name); taken {
		return written{}, fmt.Errorf("stress %q: there is a stress called %q already: give this one another name", text, name)
	}
	if strings.TrimSpace(parts) == "" {
		return written{}, fmt.Errorf("stress %q: there is nothing after the equals sign: write what happens, as in %q", text, exampleStress)
	}
	first, rest, err := scenario.SplitFirst(parts)
	if err != nil {
		return written{}, err
	}
	s := written{CaseInfo: scenario.CaseInfo{Name: name}}
	var onTop, notes []string
	for {
		t, isTail, err := readTail(first, r.inputs)
		if err != nil {
			return written{}, err
		}
		if isTail {
			s.tails = append(s.tails, t)
		} else {
			one, note, err := r.part(first, onTop)
			if err != nil {
				return written{}, err
			}
			onTop, notes = append(onTop, one), append(notes, note)
		}
		if rest == "" {
			break
		}
		if first, rest, err = scenario.SplitFirst(rest); err != nil {
			return written{}, err
		}
	}
	s.onTop, s.Note = strings.Join(onTop, " + "), strings.Join(notes, " ")
	return s, nil
}

const exampleStress = "late=start 6 months late + referrals down 25%"

// nameOf divides a stress into its name and what happens; a stress without a name is
// called by what happens. An equals sign in braces is an edit's.
func nameOf(text string) (name, parts string) {
	if at := strings.IndexAny(text, "={"); at >= 0 && text[at] == '=' {
		return strings.TrimSpace(text[:at]), text[at+1:]
	}
	return text, text
}

// named is a stress by its name.
func (r *reader) named(name string) (scenario.CaseInfo, bool) {
	return called(r.stresses(), name)
}

func called(all []scenario.CaseInfo, name string) (scenario.CaseInfo, bool) {
	i := slices.IndexFunc(all, func(info scenario.CaseInfo) bool { return info.Name == name })
	if i < 0 {
		return scenario.CaseInfo{}, false
	}
	return all[i], true
}

// part reads one part, after others: how it is put on a version, and what it does.
func (r *reader) part(text string, after []string) (onTop, note string, err error) {
	if strings.HasPrefix(text, "{") {
		return text, "The edit " + text + ".", nil
	}
	if info, ok := r.ofTheFile(text); ok {
		return text, words.OneLine(info.Note), nil
	}
	driver, amount, known, err := r.driver(text, after)
	if err != nil {
		return "", "", err
	}
	if !known {
		return "", "", r.unknown(text)
	}
	return amount.onTop(driver), words.Capital(driver.Name) + ", " + amount.said(driver) + ": " + driver.Note + ".", nil
}

// ofTheFile is a variant, stress or structure by its name. A stress of the file is one of
// its variants, and whether others and structures fit takes longer to find out.
func (r *reader) ofTheFile(name string) (scenario.CaseInfo, bool) {
	for _, all := range []func() []scenario.CaseInfo{r.document.Variants, r.stresses, r.document.Structures} {
		if info, ok := called(all(), name); ok {
			return info, true
		}
	}
	return scenario.CaseInfo{}, false
}

// onTop is a driver with the amount, as a version has it: its edits.
func (a amount) onTop(d Driver) string {
	var edits []string
	for _, e := range a.edits(d) {
		edits = append(edits, "{"+e.String()+"}")
	}
	return strings.Join(edits, " + ")
}

// unknown is the error for a part that is none.
func (r *reader) unknown(text string) error {
	drivers := &scenario.NameError{What: "driver"}
	for _, d := range Drivers(r.document) {
		drivers.Valid = append(drivers.Valid, d.Name)
	}
	e := &scenario.NameError{What: "stress", Name: text, Or: drivers}
	for _, info := range r.stresses() {
		e.Valid = append(e.Valid, info.Name)
	}
	if r.what != "version" {
		return e
	}
	variants := &scenario.NameError{What: "variant", Name: text, Or: e}
	for _, info := range r.document.Variants() {
		variants.Valid = append(variants.Valid, info.Name)
	}
	return variants
}

// spoken are other words for drivers, without their amounts.
var spoken = map[string]string{
	"start late": startLate, "start later": startLate, "start delayed by": startLate,
	"claims paid late": claimsLate, "claims later": claimsLate, "claims delayed": claimsLate, "claims delayed by": claimsLate,
	"preparation longer": preparation, "preparation takes longer by": preparation,
	"delivery cost": DeliveryCost, "delivery costs": DeliveryCost, "costs of delivery": DeliveryCost,
	"delivery cost grows": deliveryGrowth, "delivery cost grows by": deliveryGrowth,
	"residential care": ResidentialCost, "foster care": fosterCost,
	"breakdown": breakdown, "placement breakdowns": breakdown, "tariffs cut": tariffs,
}

// driver finds the driver of a part and the amount that it is given. It is as it fits
// the version with the parts that stand before it.
func (r *reader) driver(text string, after []string) (d Driver, a amount, known bool, err error) {
	a, rest := readAmount(text)
	if name, ok := spoken[rest]; ok {
		rest = name
	}
	found, known := driverNamed(r.document, rest)
	if !known {
		return d, a, false, nil
	}
	v := r.version
	if len(after) > 0 {
		if v, err = v.With(strings.Join(after, " + ")); err != nil {
			return d, a, true, err
		}
	}
	if d, err = ofVersion(v, found); err == nil {
		err = r.inCurrency(a)
	}
	if err == nil {
		err = a.fits(d)
	}
	if err != nil {
		err = fmt.Errorf("%s %q: %w", r.what, text, err)
	}
	return d, a, true, err
}

// amount is how far a driver is moved.
type amount struct {
	number float64
	unit   string // "%", "×", "£ a week", "% a year", "day", "week", "month" or "year"; empty for none
	down   bool

	currency string // the code of the sign before it: "$" for one of several, empty for none
}

// The forms of an amount, anywhere in a part: "25%" with a word for the direction,
// "× 0.8", "6 months", "3% a year", "£5,000 a week".
var (
	spans    = regexp.MustCompile(`(?:^| )([0-9]+) (day|week|month|year)s?(?: |$)`)
	yearly   = regexp.MustCompile(`(?:^| )([0-9]+(?:\.[0-9]+)?)% a year(?: |$)`)
	factors  = regexp.MustCompile(`(?:^| )(?:× ?|x ?|times )([0-9]*\.?[0-9]+)(?: |$)`)
	weeklies = regexp.MustCompile(`(?:^| )((?:[A-Z]{0,3}[£$€]|[A-Z]{3}) ?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+))(?: a week)?(?: |$)`)
	shares   = regexp.MustCompile(`(?:^| )([0-9]+(?:\.[0-9]+)?)%(?: |$)`)
	upwards  = regexp.MustCompile(`(?:^| )(up|higher|more|dearer)( by)?(?: |$)`)
	downward = regexp.MustCompile(`(?:^| )(down|lower|fewer|less|cheaper|cut)( by)?(?: |$)`)
)

// readAmount takes the amount out of a part, and returns what is left.
func readAmount(text string) (amount, string) {
	text = strings.Join(strings.Fields(text), " ")
	take := func(form *regexp.Regexp) (string, string, bool) {
		found := form.FindStringSubmatch(text)
		if found == nil {
			return "", "", false
		}
		text = strings.TrimSpace(strings.Replace(text, found[0], " ", 1))
		return strings.ReplaceAll(found[1], ",", ""), found[min(2, len(found)-1)], true
	}
	number := func(digits string) float64 {
		x, _ := strconv.ParseFloat(digits, 64) // the forms have digits alone
		return x
	}
	if digits, unit, ok := take(spans); ok {
		return amount{number: number(digits), unit: unit}, text
	}
	if price, _, ok := take(weeklies); ok {
		digits, code := words.AmountIn(price)
		return amount{number: number(digits), unit: poundsAWeek, currency: code}, text
	}
	for _, of := range []struct {
		unit string
		form *regexp.Regexp
	}{{aYear, yearly}, {factor, factors}} {
		if digits, _, ok := take(of.form); ok {
			return amount{number: number(digits), unit: of.unit}, text
		}
	}
	digits, _, ok := take(shares)
	if !ok {
		return amount{}, text
	}
	a := amount{number: number(digits), unit: "%"}
	if _, _, down := take(downward); down {
		a.down = true
		return a, text
	}
	if _, _, up := take(upwards); !up {
		a.unit = "" // of no direction
	}
	return a, text
}

// inCurrency refuses an amount in another currency than the programme's.
func (r *reader) inCurrency(a amount) error {
	own := cmp.Or(r.currency, words.Sterling)
	switch a.currency {
	case "", own:
		return nil
	case "$":
		return fmt.Errorf("$ may be of several currencies: write the amount in %s, with the sign or code of that", own)
	}
	return fmt.Errorf("the amount is in %s and the programme in %s: nothing is converted, so give it in that", a.currency, own)
}

// perUnit is how many of a driver's units a span of another unit has.
var perUnit = map[string]map[string]float64{
	"days":   {"day": 1, "week": 7},
	"weeks":  {"week": 1},
	"months": {"month": 1, "year": 12},
}

// fits is an error if an amount is not one of a driver.
func (a amount) fits(d Driver) error {
	switch {
	case d.Name == startLate && slices.Contains([]string{"day", "week", "month", "year"}, a.unit):
	case a.unit == d.Unit && a.unit != "":
	case a.unit == "%" && (d.Unit == factor || d.Unit == poundsAWeek):
		if a.down && a.number > 100 {
			return fmt.Errorf("%q cannot go down by more than 100%%", d.Name)
		}
	case perUnit[d.Unit][a.unit] > 0:
	default:
		return fmt.Errorf("%q is a driver and needs an amount in its unit: write %s", d.Name, words.Or(examplesOf(d)))
	}
	return nil
}

// examplesOf are a driver with amounts.
func examplesOf(d Driver) []string {
	switch d.Unit {
	case factor:
		return []string{strconv.Quote(d.Name + " down 10%"), strconv.Quote(d.Name + " up 10%"), strconv.Quote(d.Name + " × 1.1")}
	case poundsAWeek:
		return []string{strconv.Quote(d.Name + " " + d.Text(d.Neutral)), strconv.Quote(d.Name + " up 10%")}
	case aYear:
		return []string{strconv.Quote(d.Name + " 3% a year")}
	}
	return []string{strconv.Quote(d.Name + " 6 " + d.Unit)}
}

// value is the driver's value for an amount.
func (a amount) value(d Driver) float64 {
	switch {
	case a.unit == "%" && a.down:
		return rounded(d.Neutral * (1 - a.number/100))
	case a.unit == "%":
		return rounded(d.Neutral * (1 + a.number/100))
	case perUnit[d.Unit][a.unit] > 0:
		return a.number * perUnit[d.Unit][a.unit]
	}
	return a.number
}

// otherSpan reports whether a start is delayed by days or weeks, which are no months.
func (a amount) otherSpan(d Driver) bool {
	return d.Name == startLate && perUnit[d.Unit][a.unit] == 0
}

// edits are what the amount does to the programme.
func (a amount) edits(d Driver) []scenario.Edit {
	if !a.otherSpan(d) {
		return d.Edits(a.value(d))
	}
	d.Changes = slices.Clone(d.Changes)
	for i := range d.Changes {
		d.Changes[i].Unit = " " + a.unit + "s"
	}
	return d.Edits(a.number)
}

// said writes the amount.
func (a amount) said(d Driver) string {
	if a.otherSpan(d) {
		return words.Unit{One: a.unit, Many: a.unit + "s"}.Of(a.number)
	}
	return d.Text(a.value(d))
}
