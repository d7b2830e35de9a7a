package sensitivity

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// ReadUnknown reads what is to be solved for from text, as it fits a version:
//
//	tariffs                      a driver of [Drivers] by name; "tariffs *" is the same
//	metrics.*.tariff *           a factor on what stands at a path, with its whole range
//	cohorts.*.referrals.from +   days by which a date is later
//	cohorts.*.lag +              an amount added, in the unit of the setting
//	contract cap                 what stands at a path, which is then a point and not drawn
//
// Paths and stars are those of [scenario.Edit]. The range of a driver is its own. A factor
// is searched from a quarter to 4, a delay up to 730 days, an addition up to the amount
// itself, a percentage from 0% to 100% and any other number from half to twice what it is
// today; [Driver.From] and [Driver.To] may be changed, with today's value between them. A
// name that is neither a driver nor a path is a *[scenario.NameError].
func ReadUnknown(v *scenario.Version, text string) (Driver, error) {
	if err := runnable(v); err != nil {
		return Driver{}, err
	}
	if v.Document() == nil {
		return Driver{}, scenario.ErrNoDocument
	}
	name := strings.TrimSpace(text)
	if d, ok := driverNamed(v.Document(), strings.TrimSpace(strings.TrimSuffix(name, " *"))); ok {
		return oneFitted(v, d)
	}
	path, does := name, Put
	if bare, ok := strings.CutSuffix(name, " *"); ok {
		path, does = strings.TrimSpace(bare), Multiply
	} else if bare, ok := strings.CutSuffix(name, "+"); ok {
		path, does = strings.TrimSpace(bare), Add
	}
	inputs := atPath(v.Programme, path)
	if len(inputs) == 0 {
		return Driver{}, noUnknown(v.Programme, Drivers(v.Document()), name)
	}
	d, err := unknownAt(path, does, inputs)
	if err != nil {
		return Driver{}, err
	}
	f := newVersionFitter(v)
	if err := f.fault(d.Edits(d.Neutral)...); err != nil {
		return Driver{}, fmt.Errorf("unknown %q: %w", text, err)
	}
	// A rate may be as near to 0% or 100% as one likes, and neither of the two.
	if f.fault(d.Edits(d.From)...) != nil && f.fault(d.Edits(d.From+d.Step)...) == nil {
		d.From += d.Step
	}
	if f.fault(d.Edits(d.To)...) != nil && f.fault(d.Edits(d.To-d.Step)...) == nil {
		d.To -= d.Step
	}
	return d, nil
}

// atPath are the inputs that a path with stars leads to.
func atPath(p *model.Programme, path string) (inputs []model.Input) {
	for _, in := range p.Register {
		if _, ok := in.Path.Under(path); ok && strings.Count(string(in.Path), ".") == strings.Count(path, ".") {
			inputs = append(inputs, in)
		}
	}
	return inputs
}

// noUnknown is the error for a name that is neither a driver nor a path.
func noUnknown(p *model.Programme, drivers []Driver, name string) error {
	unknown := &scenario.NameError{What: "unknown", Name: name}
	for _, d := range drivers {
		unknown.Valid = append(unknown.Valid, d.Name)
	}
	if strings.Contains(name, ".") {
		for _, in := range p.Register {
			if !strings.HasPrefix(string(in.Path), "published.") {
				unknown.Valid = append(unknown.Valid, string(in.Path))
			}
		}
	}
	return unknown
}

// writtenNumber is the value of an input that is a number with or without a unit.
var writtenNumber = regexp.MustCompile(`^(-?[0-9]+(?:\.[0-9]+)?)\s*(%|week|weeks|month|months|day|days|year|years|real|% real|)$`)

// writtenCount is the value of an input that is a share of a count: "18 of 30".
var writtenCount = regexp.MustCompile(`^([0-9]+) of ([0-9]+)$`)

// writtenDate is the value of an input that is a date.
var writtenDate = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)

// unknownAt is the driver for what stands at a path.
func unknownAt(path string, does Operation, inputs []model.Input) (Driver, error) {
	d := Driver{Name: path, Changes: []Change{{Path: path, Does: does}}}
	if does == Multiply {
		d.Note, d.Unit, d.From, d.To, d.Neutral, d.Step = "what stands there, with its range", factor, 0.25, 4, 1, 0.001
		return d, nil
	}
	first := inputs[0].Value
	if writtenDate.MatchString(first) {
		if does == Put {
			return d, fmt.Errorf("unknown %q is a date: to solve for how much later it is, write %q", path, path+" +")
		}
		d.Note, d.Unit, d.One, d.To, d.Step = "so much later than the file says", days.Many, days.One, 730, 1
		d.Changes[0].Unit = " days"
		return d, nil
	}
	if count := writtenCount.FindStringSubmatch(first); count != nil {
		some, _ := strconv.ParseFloat(count[1], 64)
		all, _ := strconv.ParseFloat(count[2], 64)
		first = strconv.FormatFloat(math.Round(1000*some/all)/1000, 'f', -1, 64)
	}
	parts := writtenNumber.FindStringSubmatch(first)
	if parts == nil {
		return d, fmt.Errorf("unknown %q is %q, which is no number: name a number of the file or a driver, such as %q", path, first, tariffs)
	}
	today, err := strconv.ParseFloat(parts[1], 64)
	if err != nil {
		return d, fmt.Errorf("unknown %q: %w", path, err)
	}
	d.unitOf(parts[2])
	if d.Unit == "" {
		d.Unit = moneyAt(path)
	}
	if does == Add {
		d.Note, d.Step = "added to what the file says", stepOf(today)
		d.To = math.Max(math.Abs(today), 100*d.Step)
		return d, nil
	}
	for _, other := range inputs[1:] {
		if other.Value != inputs[0].Value {
			return d, fmt.Errorf("unknown %q stands for several values, such as %s and %s: to multiply all of them, write %q", path, inputs[0].Value, other.Value, path+" *")
		}
	}
	return d.pointAt(today), nil
}

// amounts are the paths at which a bare number is an amount of money, by its unit.
var amounts = []struct{ path, unit string }{
	{"unit costs.*", poundsAWeek},
	{"unit costs.*.*", poundsAWeek},
	{"contract cap", pounds},
	{"year caps.*", pounds},
	{"metrics.*.tariff", pounds},
	{"metrics.*.cap", pounds},
	{"payers.*.cap", pounds},
	{"delivery.mobilisation", pounds},
	{"delivery.fixed per quarter", pounds},
	{"delivery.per referral", pounds},
	{"facility.investors.*", pounds},
}

// moneyAt is the unit of a bare number at a path; empty where it is no amount of money.
func moneyAt(path string) string {
	for _, a := range amounts {
		if _, ok := model.Path(path).Under(a.path); ok && strings.Count(path, ".") == strings.Count(a.path, ".") {
			return a.unit
		}
	}
	return ""
}

// unitOf sets in what the driver is written and shown.
func (d *Driver) unitOf(unit string) {
	c := &d.Changes[0]
	switch unit = strings.TrimSpace(strings.TrimSuffix(unit, "real")); unit {
	case "":
	case "%":
		d.Unit, d.One, c.Unit = "%", "%", "%"
	default:
		many := strings.TrimSuffix(unit, "s") + "s"
		d.Unit, d.One, c.Unit = many, strings.TrimSuffix(unit, "s"), " "+many
	}
}

// pointAt gives a driver that puts a number its range.
func (d Driver) pointAt(today float64) Driver {
	d.Note = "a point: it is not drawn"
	d.Neutral, d.Step = today, stepOf(today)
	if d.Unit == days.Many || d.Unit == weeks.Many || d.Unit == months.Many || d.Unit == "years" {
		d.Step = 1
	}
	switch {
	case d.Unit == "%":
		d.To = 100
	case today > 0 && today <= 1 && d.Unit == "": // a probability, a share or a rate
		d.From, d.To = rounded(today/2), math.Min(1, rounded(2*today))
	case today == 0:
		d.To = 100 * d.Step
	default:
		d.From, d.To = math.Min(today/2, 2*today), math.Max(today/2, 2*today)
	}
	d.From, d.To = math.Floor(rounded(d.From/d.Step))*d.Step, math.Floor(rounded(d.To/d.Step))*d.Step
	return d
}

// stepOf is how finely a number is worth knowing: about a thousandth of it, and so that it
// is a multiple of that.
func stepOf(today float64) float64 {
	if today == 0 {
		return 1
	}
	step := math.Pow(10, math.Floor(math.Log10(math.Abs(today)))-3)
	const finest = 6
	for range finest {
		if whole := today / step; math.Abs(whole-math.Round(whole)) < 1e-6 {
			break
		}
		step /= 10
	}
	return rounded(step)
}

// stillDrawn are the uncertain inputs that go on moving what the driver puts a point at:
// multipliers of it.
func (d Driver) stillDrawn(p *model.Programme) []string {
	var all []string
	for _, c := range d.Changes {
		if c.Does != Put {
			continue
		}
		for _, u := range p.Uncertain {
			moved := slices.ContainsFunc(u.Multiplies, func(m model.Path) bool { _, ok := m.Under(c.Path); return ok })
			if name := words.Quoted([]string{string(u.Path)}, 1); moved && !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return all
}
