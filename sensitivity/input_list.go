package sensitivity

import (
	"cmp"
	"fmt"
	"math"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Input is something uncertain about a programme, with a low and a high value of
// it. Low and high are of the input: which of them is bad depends on who asks.
type Input struct {
	Name      string          `json:"name"`
	Low       []scenario.Edit `json:"-"`
	High      []scenario.Edit `json:"-"`
	LowLabel  string          `json:"low_label"`
	HighLabel string          `json:"high_label"`

	// LeftOut says why an input of [Tornadoed.LeftOut] has no bar.
	LeftOut string `json:"left_out,omitempty"`

	// stated is whether the file states the range.
	stated bool
	// value writes what the input is in a programme: "£3,000 a week". Nil where
	// no single number says it.
	value func(*model.Programme) string
}

// Inputs returns inputs that fit every case of a programme: common ones, with
// round figures of this package for how far each may be off, and then the ranges
// that the file states ([scenario.Document.Ranges]). How far the common ones may be
// off is the same for every programme, so it does not say how well an input of this
// programme is known. [Tornado] says which it leaves out, and why.
func Inputs(d *scenario.Document) []Input {
	fitting, _ := inputsOf(d)
	return fitting
}

// inputsOf returns the inputs that fit every case, and the others with the reason.
func inputsOf(d *scenario.Document) (fitting, left []Input) {
	f, err := newFitter(d)
	if err != nil { // a document is checked with all of its cases
		return nil, nil
	}
	for _, input := range append(f.inputs(), f.ranges()...) {
		if input.LeftOut = f.unfit(input); input.LeftOut == "" {
			fitting = append(fitting, input)
		} else {
			left = append(left, input)
		}
	}
	return fitting, left
}

// unfit says why an input cannot be changed in every case; empty if it can.
func (f *fitter) unfit(input Input) string {
	if len(input.Low)+len(input.High) == 0 {
		return cmp.Or(nothingToChange[input.Name], "the file has nothing to change")
	}
	for _, end := range [][]scenario.Edit{input.Low, input.High} {
		if err := f.fault(end...); err != nil {
			return err.Error()
		}
	}
	return ""
}

// nothingToChange says what a file lacks that has no number of an input.
var nothingToChange = map[string]string{
	breakdown:              "no placement breaks down in this file",
	startProbability:       "the file has no cohort",
	"weeks of preparation": "the file has no cohort",
	WithoutProgramme:       "without the programme no child moves into success, or from success into dearer care, in this file",
	ResidentialCost:        "the file has no such cost that can be multiplied",
	fosterCost:             "the file has no such cost that can be multiplied",
	tariffs:                "the file has no tariff above £0",
}

// inputs are the common ones, whether they fit or not.
func (f *fitter) inputs() []Input {
	inputs := []Input{
		scaled(referrals, 0.2, []string{"cohorts.*.referrals.children"}, children),
		f.starts(),
		scaled(breakdown, 0.25, f.failure(), nil),
		f.lag(),
		f.withoutProgramme(),
		scaled(ResidentialCost, 0.25, f.unitCost(residential), weekOf(residential)),
		scaled(fosterCost, 0.25, f.unitCost(foster), weekOf(foster)),
		scaled(tariffs, 0.1, f.tariffs(), nil),
	}
	if f.first.Delivery == nil {
		return inputs
	}
	for _, cost := range f.deliveryCost() {
		if f.fits(cost.Edits(1)...) {
			inputs = append(inputs, Input{Name: DeliveryCost, Low: cost.Edits(0.8), High: cost.Edits(1.2), LowLabel: "× 0.8", HighLabel: "× 1.2"})
			break
		}
	}
	const paid = "delivery.claims paid after"
	return append(inputs, Input{
		Name: "days until claims are paid", Low: []scenario.Edit{scenario.Set(paid, "0 days")}, High: []scenario.Edit{scenario.Plus(paid, "91 days")},
		LowLabel: "at once", HighLabel: "91 days later",
		value: func(p *model.Programme) string { return days.Of(float64(p.Delivery.ClaimsPaidAfter)) },
	})
}

// withoutProgramme is how children move without the programme: into dearer care from
// where they should stay or, if none is referred where they should stay, into
// success.
func (f *fitter) withoutProgramme() Input {
	if paths := f.intoSuccess(); len(paths) > 0 {
		return scaled(IntoSuccess, 0.5, paths, nil)
	}
	return scaled(WithoutProgramme, 0.5, f.counterfactual(), nil)
}

// scaled is an input that is some share lower or higher than the file says.
func scaled(name string, share float64, paths []string, value func(*model.Programme) string) Input {
	low, high := times(name, "", 0, 1, paths), rounded(1+share)
	return Input{
		Name: name, Low: low.Edits(1 - share), High: low.Edits(high), value: value,
		LowLabel: low.Text(1 - share), HighLabel: low.Text(high),
	}
}

// starts is the probability of a start, a fifth lower or higher, but never above
// 1, nor its range beyond half-way from where it ends to 1: in a cohort in which all
// start in some case it is not raised.
func (f *fitter) starts() Input {
	input := Input{Name: startProbability, LowLabel: "× 0.8", HighLabel: "× 1.2, at most 1"}
	for _, c := range f.first.Cohorts {
		path := "cohorts." + c.Name + ".start probability"
		most := f.most(c.Name, func(c model.Cohort) float64 { return c.StartProbability })
		input.Low = append(input.Low, scenario.Times(path, decimal.New(8, -1)))
		if most > 0 {
			up := math.Floor(1000*math.Min(1.2, 1/most)) / 1000
			if end := f.rangeEnd(path); end > 0 {
				up = min(up, math.Floor(1000*(1+end)/2/end)/1000)
			}
			input.High = append(input.High, scenario.Times(path, decimal.NewFromFloat(up)))
		}
	}
	return input
}

// lag is the weeks of preparation, four less or more, but never below 0.
func (f *fitter) lag() Input {
	const off = 4
	input := Input{Name: "weeks of preparation", LowLabel: weeks.Of(off) + " less, at least 0", HighLabel: weeks.Of(off) + " more"}
	for _, c := range f.first.Cohorts {
		path := "cohorts." + c.Name + ".lag"
		least := -f.most(c.Name, func(c model.Cohort) float64 { return -float64(c.Lag) })
		input.Low = append(input.Low, scenario.Plus(path, fmt.Sprintf("-%d weeks", min(off, int(least)))))
		input.High = append(input.High, scenario.Plus(path, fmt.Sprintf("%d weeks", off)))
	}
	return input
}

// most is the largest value that a cohort has in any case.
func (f *fitter) most(cohort string, of func(model.Cohort) float64) float64 {
	most := math.Inf(-1)
	for _, p := range f.all {
		for _, c := range p.Cohorts {
			if c.Name == cohort {
				most = math.Max(most, of(c))
			}
		}
	}
	return most
}

// rangeEnd is where the 90% range of an input ends in the case in which it ends last;
// 0 where it is certain.
func (f *fitter) rangeEnd(path string) (end float64) {
	for _, p := range f.all {
		for _, u := range p.Uncertain {
			if string(u.Path) == path {
				end = max(end, u.Law.Quantile(0.95))
			}
		}
	}
	return end
}

// ranges are those that the file states.
func (f *fitter) ranges() []Input {
	var inputs []Input
	for _, r := range f.document.Ranges() {
		inputs = append(inputs, Input{Name: r.Name, Low: r.Low, High: r.High, LowLabel: "low", HighLabel: "high", stated: true})
	}
	return inputs
}

// children writes how many are referred.
func children(p *model.Programme) string {
	sum := 0.0
	for _, c := range p.Cohorts {
		sum += c.Referrals.Expected()
	}
	return words.Unit{One: "child", Many: "children"}.Of(math.RoundToEven(sum))
}

// weekOf writes what a week in a state costs, if a single number says so.
func weekOf(state string) func(*model.Programme) string {
	return func(p *model.Programme) string {
		text := ""
		for _, u := range p.UnitCosts {
			if u.State != state {
				continue
			}
			if text != "" || !u.Growth.IsZero() {
				return ""
			}
			amount := u.PerWeek
			if amount.GreaterThan(decimal.NewFromInt(100)) { // of which pence say nothing
				amount = amount.Round(0)
			}
			text = weekly(amount)
		}
		return text
	}
}
