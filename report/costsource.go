package report

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// costsFrom says what costs of delivery figures rest on: "assumed delivery costs".
func costsFrom(versions ...*scenario.Version) string {
	if status := costStatus(versions...); status != noSource {
		return status + " delivery costs"
	}
	return "delivery costs " + noSource
}

// noSource is the status of costs of which nobody says where they come from.
const noSource = "without a stated source"

// costStatus says how far the cost of delivery can be relied on: "assumed" if any
// input to it is assumed in any of the cases.
func costStatus(versions ...*scenario.Version) string {
	stated, unstated := false, false
	for _, v := range versions {
		for _, in := range deliveryInputs(v) {
			switch in.Status {
			case model.Assumed:
				return model.Assumed.String()
			case model.Unstated:
				unstated = true
			default:
				stated = true
			}
		}
	}
	if unstated || !stated {
		return noSource
	}
	return model.Published.String()
}

func deliveryInputs(v *scenario.Version) []model.Input {
	return slices.DeleteFunc(slices.Clone(v.Programme.Register), func(in model.Input) bool {
		_, ok := in.Path.Under("delivery")
		return !ok
	})
}

// assumedNote says how many of the inputs to delivery costs are assumed.
func assumedNote(versions ...*scenario.Version) string {
	inputs := deliveryInputs(versions[0])
	assumed := 0
	for _, in := range inputs {
		if in.Status == model.Assumed {
			assumed++
		}
	}
	if assumed == 0 {
		return words.Capital(costsFrom(versions...)) + ": edgeofcare show lists them with their sources."
	}
	which := fmt.Sprintf("%d of the %d inputs to delivery are", assumed, len(inputs))
	switch assumed {
	case len(inputs):
		which = fmt.Sprintf("All %d inputs to delivery are", assumed)
	case 1:
		which = fmt.Sprintf("1 of the %d inputs to delivery is", len(inputs))
	}
	return which + " assumed. The surplus, the capital and the returns that follow show what would happen if these held; they are not an estimate of what happened. edgeofcare show lists each input with the reason for it."
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
