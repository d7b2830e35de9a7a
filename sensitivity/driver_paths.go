package sensitivity

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// fitter finds how the settings of a file are written, and so which paths can be
// multiplied or added to: a hazard may be one number, or be written in each of
// several pieces. The document itself says whether an edit fits.
type fitter struct {
	document *scenario.Document
	cases    []string           // all of them; one empty name if there are none
	all      []*model.Programme // by case
	first    *model.Programme   // the first case
	// put is the error of putting edits on a case.
	put func(name string, edits ...scenario.Edit) error
}

func newFitter(d *scenario.Document) (*fitter, error) {
	f := &fitter{document: d}
	f.put = func(name string, edits ...scenario.Edit) error {
		_, err := d.Version(name, edits...)
		return err
	}
	for _, c := range d.Cases() {
		f.cases = append(f.cases, c.Name)
	}
	if len(f.cases) == 0 {
		f.cases = []string{""}
	}
	for _, name := range f.cases {
		v, err := d.Version(name)
		if err != nil {
			return nil, err
		}
		f.all = append(f.all, v.Programme)
	}
	f.first = f.all[0]
	return f, nil
}

// fits reports whether edits can be put on every case.
func (f *fitter) fits(edits ...scenario.Edit) bool { return f.fault(edits...) == nil }

// fault is the first reason why edits cannot be put on every case.
func (f *fitter) fault(edits ...scenario.Edit) error {
	for _, name := range f.cases {
		if err := f.put(name, edits...); err != nil {
			return firstFault(name, err)
		}
	}
	return nil
}

// firstFault is the first of the faults of a version, with the case that has it.
func firstFault(name string, err error) error {
	if faults := scenario.Faults(err); len(faults) > 0 {
		err = faults[0]
	}
	if name == "" {
		return err
	}
	return fmt.Errorf("in the case %s: %w", name, err)
}

// numbers reports whether every one of some paths leads to a number.
func (f *fitter) numbers(paths ...string) bool {
	var edits []scenario.Edit
	for _, path := range paths {
		edits = append(edits, scenario.Times(path, decimal.New(1, 0)))
	}
	return f.put(f.cases[0], edits...) == nil
}

// oneOf returns the first set of paths that all lead to numbers; nil if there is
// none.
func (f *fitter) oneOf(ways ...[]string) []string {
	for _, paths := range ways {
		if f.numbers(paths...) {
			return paths
		}
	}
	return nil
}

// failure returns the paths of the rates at which placements fail.
func (f *fitter) failure() []string {
	if all := f.oneOf([]string{"cohorts.*.failure.hazard"}); all != nil {
		return all
	}
	var paths []string
	for _, c := range f.first.Cohorts {
		own, ok := f.moves("cohorts."+c.Name+".failure", c.Failure, func(string) bool { return true })
		if !ok {
			return nil
		}
		paths = append(paths, own...)
	}
	return paths
}

// moves returns the paths of the rates of a row's moves to some destinations; ok
// reports whether all could be found.
func (f *fitter) moves(at string, row markov.Row, wanted func(to string) bool) (paths []string, ok bool) {
	for i, piece := range row {
		var to []string
		for _, m := range piece.Moves {
			if m.Probability > 0 && wanted(m.To) {
				to = append(to, m.To)
			}
		}
		if len(to) == 0 {
			continue
		}
		var ways [][]string
		inPiece := fmt.Sprintf("%s.%d", at, i+1)
		if len(to) == len(piece.Moves) {
			ways = append(ways, []string{inPiece + ".hazard"})
			if len(row) == 1 {
				ways = append(ways, []string{at + ".hazard"})
			}
		}
		ways = append(ways, each(inPiece+".moves.", to))
		if len(row) == 1 {
			ways = append(ways, each(at+".", to), each(at+".moves.", to))
		}
		found := f.oneOf(ways...)
		if found == nil {
			return nil, false
		}
		paths = append(paths, found...)
	}
	return paths, true
}

// each puts a prefix before names.
func each(prefix string, names []string) []string {
	var paths []string
	for _, name := range names {
		paths = append(paths, prefix+name)
	}
	return paths
}

// tariffs returns the paths of the prices of all that is paid for.
func (f *fitter) tariffs() []string {
	if all := f.oneOf([]string{"metrics.*.tariff"}); all != nil {
		return all
	}
	var paths []string
	for _, m := range f.first.Contract.Metrics {
		at := "metrics." + m.Name + ".tariff"
		ways := [][]string{{at}, {at + ".amount", at + ".by commissioner.*"}}
		switch {
		case !m.Tariff.Pays():
			continue
		case len(m.Tariff.Tiers) > 0:
			ways = [][]string{{at + ".tiers.*.amount"}}
		case m.Tariff.Beyond != nil && len(m.Tariff.ByCommissioner) == 0:
			ways = [][]string{{at + ".amount", at + ".beyond.amount"}}
		case m.Tariff.Beyond != nil:
			ways = [][]string{{at + ".amount", at + ".by commissioner.*", at + ".beyond.amount"}}
		case len(m.Tariff.ByCommissioner) == 0:
			ways = [][]string{{at}, {at + ".amount"}}
		}
		found := f.oneOf(ways...)
		if found == nil {
			return nil
		}
		paths = append(paths, found...)
	}
	return paths
}

// unitCost returns the paths of the cost of a week in a state.
func (f *fitter) unitCost(state string) []string {
	at := "unit costs." + state
	amount, years, councils := at+".amount", at+".by year.*", at+".by commissioner.*"
	ways := [][]string{{at}, {amount, years, councils}, {amount, years}, {amount, councils}}
	entries := 0
	for _, u := range f.first.UnitCosts {
		if u.State == state {
			entries++
		}
	}
	if entries == 1 {
		ways = [][]string{{at}, {amount}}
	}
	return f.oneOf(ways...)
}

// counterfactual returns the paths of the rates at which children move into
// dearer care from a start state that already counts as success: foster care for
// a cohort whose placements are to be kept, home for children on the edge of care.
func (f *fitter) counterfactual() []string {
	var paths []string
	for _, state := range f.successful() {
		found, ok := f.out(state, func(to string) bool { return f.cost(to) > f.cost(state) })
		if !ok {
			return nil
		}
		paths = append(paths, found...)
	}
	return paths
}

// intoSuccess returns the paths of the rates at which children move into success
// from the states in which they are referred, where none of these counts as
// success.
func (f *fitter) intoSuccess() []string {
	if len(f.successful()) > 0 {
		return nil
	}
	var paths, states []string
	for _, c := range f.first.Cohorts {
		if slices.Contains(states, c.StartState) {
			continue
		}
		states = append(states, c.StartState)
		found, ok := f.out(c.StartState, func(to string) bool { return slices.Contains(f.success(c.StartState), to) })
		if !ok {
			return nil
		}
		paths = append(paths, found...)
	}
	return paths
}

// out returns the paths of the rates of some moves out of a state, the common ones
// and those of cohorts.
func (f *fitter) out(state string, wanted func(to string) bool) (paths []string, ok bool) {
	rows := map[string]markov.Row{"background." + state: f.first.Background[state]}
	ats := []string{"background." + state}
	for _, c := range f.first.Cohorts {
		at := "cohorts." + c.Name + ".background." + state
		rows[at], ats = c.Background[state], append(ats, at)
	}
	for _, at := range ats {
		found, ok := f.moves(at, rows[at], wanted)
		if !ok {
			return nil, false
		}
		paths = append(paths, found...)
	}
	return paths, true
}

// successful are the start states of cohorts that a metric of theirs counts as
// success, once each.
func (f *fitter) successful() []string {
	var states []string
	for _, c := range f.first.Cohorts {
		if slices.Contains(f.success(c.StartState), c.StartState) && !slices.Contains(states, c.StartState) {
			states = append(states, c.StartState)
		}
	}
	return states
}

// success are the states that count as success for children who are referred in a
// state, by the metrics of their cohorts.
func (f *fitter) success(start string) []string {
	parent := map[string]string{}
	for _, s := range f.first.States {
		parent[s.Name] = s.Parent
	}
	var states []string
	for _, c := range f.first.Cohorts {
		for _, m := range f.first.Contract.Metrics {
			switch {
			case c.StartState != start || !slices.Contains(m.Cohorts, c.Name):
			case len(m.Success) > 0:
				states = append(states, m.Success...)
			default:
				states = append(states, parent[c.PlannedState])
			}
		}
	}
	return states
}

// cost is what a week in a state costs at the start, in £.
func (f *fitter) cost(state string) float64 {
	for _, u := range f.first.UnitCosts {
		if u.State == state && u.Commissioner == "" {
			return u.PerWeek.InexactFloat64()
		}
	}
	return 0
}

// The states of care that every programme has.
const (
	residential = "residential"
	foster      = "foster"
)
