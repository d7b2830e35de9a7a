package report

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// costsFrom says how far the cost of delivery can be relied on: "assumed
// delivery costs" if any input to it is assumed in any of the cases.
func costsFrom(cases ...*model.Programme) string {
	stated, unstated := false, false
	for _, p := range cases {
		for _, in := range deliveryInputs(p) {
			switch in.Status {
			case model.Assumed:
				return "assumed delivery costs"
			case model.Unstated:
				unstated = true
			default:
				stated = true
			}
		}
	}
	if unstated || !stated {
		return "delivery costs without a stated source"
	}
	return "published delivery costs"
}

func deliveryInputs(p *model.Programme) []model.Input {
	return slices.DeleteFunc(slices.Clone(p.Register), func(in model.Input) bool {
		_, ok := in.Path.Under("delivery")
		return !ok
	})
}

// assumedNote says how many of the inputs to delivery costs are assumed.
func assumedNote(cases ...*model.Programme) string {
	inputs := deliveryInputs(cases[0])
	assumed := 0
	for _, in := range inputs {
		if in.Status == model.Assumed {
			assumed++
		}
	}
	if assumed == 0 {
		return words.Capital(costsFrom(cases...)) + ": edgeofcare show lists them with their sources."
	}
	return fmt.Sprintf("Assumed: %d of the %d inputs to delivery are not published. The surplus, the capital and the returns that follow from them show what would happen if they held; they are not an estimate of what happened. edgeofcare show lists each input with the reason for it.",
		assumed, len(inputs))
}

// inputs are the register without published figures that no result depends on.
func inputs(p *model.Programme) []model.Input {
	return slices.DeleteFunc(slices.Clone(p.Register), func(in model.Input) bool {
		_, ok := in.Path.Under("published")
		return ok
	})
}

// register returns an input of the register, and whether it is there.
func register(p *model.Programme, path string) (model.Input, bool) {
	for _, in := range p.Register {
		if in.Path == model.Path(path) {
			return in, true
		}
	}
	return model.Input{}, false
}

// byStrength is how far inputs can be relied on, the weakest first.
var byStrength = []model.Status{model.Unstated, model.Assumed, model.Derived, model.Published}

// weakest is how far the weakest of some inputs can be relied on.
func weakest(p *model.Programme, paths ...string) model.Status {
	weakest := len(byStrength) - 1
	for _, path := range paths {
		in, _ := register(p, path)
		weakest = min(weakest, slices.Index(byStrength, in.Status))
	}
	return byStrength[weakest]
}

// from says of a cell how far the inputs that it rests on can be relied on.
func (c Cell) from(p *model.Programme, paths ...string) Cell {
	c.Status = weakest(p, paths...).String()
	return c
}

// Where the register has published figures.

func actualPath(q calendar.Quarter) string { return "published.actual payments." + q.String() }

func planPath(plan model.Plan, q calendar.Quarter) string {
	return "published.plans." + plan.Name + ".payments." + q.String()
}

func resultPath(r model.PublishedResult) string {
	return "published.results." + r.By.String() + "." + r.Metric
}
