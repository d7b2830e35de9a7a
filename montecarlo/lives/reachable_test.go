package lives

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

func TestReachable(t *testing.T) {
	const planned = "foster, planned"
	for name, one := range map[string]struct {
		background    map[string]markov.Row
		failure       markov.Row
		without, with []string
	}{
		"nobody moves": {nil, nil, []string{"residential"}, []string{"residential", planned}},
		"from state to state": {
			map[string]markov.Row{"residential": programmes.Moves("foster", 0.1), "foster": programmes.Moves("reunified", 0.1)},
			nil,
			[]string{"residential", "foster", "reunified"},
			[]string{"residential", "foster", "reunified", planned},
		},
		"by failure alone": {
			nil, programmes.Moves("edge of care", 0.1),
			[]string{"residential"},
			[]string{"residential", planned, "edge of care"},
		},
		"whatever the probability": {
			map[string]markov.Row{"residential": programmes.Moves("foster", 0.0)},
			nil,
			[]string{"residential", "foster"},
			[]string{"residential", "foster", planned},
		},
	} {
		p := programmes.Lively()
		c := &p.Cohorts[0]
		require.Equal(t, []string{"residential", planned}, []string{c.StartState, c.PlannedState})
		p.Background, c.Failure = one.background, one.failure
		reached := Reachable(p)[0]
		require.ElementsMatch(t, append(one.without, model.LeftCare), in(p, reached[contract.Counterfactual]), name)
		require.ElementsMatch(t, append(one.with, model.LeftCare), in(p, reached[contract.Intervention]), name)
	}
}

// in is the names of the states of a set.
func in(p *model.Programme, set contract.StateSet) (names []string) {
	for i, state := range p.States {
		if set.Has(i) {
			names = append(names, state.Name)
		}
	}
	return names
}
