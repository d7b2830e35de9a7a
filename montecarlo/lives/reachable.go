package lives

import (
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Reachable returns the states in which children of a valid programme can be, by
// cohort and by [contract.Arm]. A move counts whatever its probability, so that
// drawing other probabilities changes nothing.
func Reachable(p *model.Programme) [][2]contract.StateSet {
	index := map[string]int{}
	for i, state := range p.States {
		index[state.Name] = i
	}
	reached := make([][2]contract.StateSet, len(p.Cohorts))
	for i := range p.Cohorts {
		c := &p.Cohorts[i]
		background := p.BackgroundOf(c)
		reached[i][contract.Counterfactual] = reachable(c, background, index, "")
		reached[i][contract.Intervention] = reachable(c, background, index, c.PlannedState)
	}
	return reached
}

// reachable is the states in which children of a cohort can be: without the
// programme, if planned is empty, or with it.
func reachable(c *model.Cohort, background map[string]markov.Row, index map[string]int, planned string) contract.StateSet {
	var reached contract.StateSet
	var visit func(state string)
	visit = func(state string) {
		if reached.Has(index[state]) {
			return
		}
		reached = reached.Add(index[state])
		rows := []markov.Row{background[state]}
		if state == planned {
			rows = append(rows, c.Failure)
		}
		for _, row := range rows {
			for _, piece := range row {
				for _, move := range piece.Moves {
					visit(move.To)
				}
			}
		}
	}
	visit(c.StartState)
	if planned != "" {
		visit(planned)
	}
	return reached.Add(index[model.LeftCare])
}
