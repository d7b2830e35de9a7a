package montecarlo

import (
	"context"
	"errors"
	"fmt"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// StatedInputs are values of a version's uncertain inputs under which children's lives are
// to be lived, in place of draws from the file's laws.
type StatedInputs struct {
	// Values are input × draw, as [Result.InputValues] has them: the inputs in the order of
	// [scenario.Drawer.Inputs].
	Values [][]float64
	// Lives is how many replications are lived under each draw; 0 means 1. Replication n,
	// from 0, is lived under draw n ÷ Lives.
	Lives int
	// Recount, if set, makes for each worker a function that may change what a replication
	// counts before it is priced, as where a part of it has happened already.
	Recount func() func(Lived) error
}

// Lived is one replication before it is priced. It holds until the function that it is
// given to returns.
type Lived struct {
	Replication int // from 0
	Draw        int // from 0
	// Programme is that of the draw. It is the run's own: do not change it.
	Programme *model.Programme
	// Counts are what was lived, to be changed in place.
	Counts *contract.Expected
}

// RunAt runs a version at stated values of its uncertain inputs: figures are those of [Run],
// with ranges over these values and over children's lives. There are as many replications
// as the values have draws, times the lives under each; Options.Replications, Until and
// FixedRates must not be given. The spread is not divided: Options.Undivided is set.
//
// The errors are those of Run, and say which draw cannot be.
func RunAt(ctx context.Context, v *scenario.Version, at StatedInputs, o Options) (*Result, error) {
	switch {
	case ctx == nil:
		return nil, errNoContext
	case o.Replications != 0 || o.Until != nil || o.FixedRates || o.Common != nil:
		return nil, errors.New("a run at stated inputs has as many replications as they say, and no other draws: leave out Replications, Until, FixedRates and Common")
	}
	at.Lives = max(1, at.Lives)
	o.Replications, o.Undivided, o.Unconditioned = at.Lives, true, true // all inputs are stated
	r, err := plan(v, o)
	if err != nil {
		return nil, err
	}
	if r.drawing == nil {
		return nil, errors.New("no input of the version is uncertain, so that there is none to state: see Run")
	}
	draws, err := InputDraws{Values: at.Values, Lives: at.Lives}.check(len(r.drawing.drawer.Inputs()))
	if err != nil {
		return nil, err
	}
	if draws == 0 || draws > maxReplications/at.Lives {
		return nil, fmt.Errorf("%d draws with %d lives under each: there must be a replication at least, and %d at most", draws, at.Lives, maxReplications)
	}
	r.options.Replications = draws * at.Lives
	r.to, r.stated = r.options.Replications, &at
	return r.start(ctx)
}

// livedAt returns a function that lives and prices one replication under its stated
// inputs into a row of values.
func (r *runner) livedAt() func(replication int, row []float64) error {
	d := r.newDrawnRun()
	var recount func(Lived) error
	var counts *contract.Expected
	if r.stated.Recount != nil {
		recount, counts = r.stated.Recount(), contract.NewCounts[float64](r.sheet.shape)
		counts.Independent = contract.NewCounts[float64](r.sheet.shape)
	}
	values := make([]float64, len(r.stated.Values))
	var s *setting
	latest := -1 // draw
	return func(replication int, row []float64) error {
		draw := replication / r.stated.Lives
		if draw != latest {
			r.stated.at(draw, values)
			drawn, err := d.drawing.drawer.At(values)
			if err == nil {
				s, err = d.under(drawn)
			}
			if err != nil {
				return fmt.Errorf("draw %d: %w", draw+1, err)
			}
			latest = draw
		}
		tally := s.simulator.Replicate(r.options.Seed, replication)
		if recount == nil {
			fillRow(s, tally, row)
			return nil
		}
		asNumbers(tally, counts)
		asNumbers(tally.Independent, counts.Independent)
		if err := recount(Lived{replication, draw, s.programme, counts}); err != nil {
			return fmt.Errorf("replication %d: %w", replication+1, err)
		}
		fillRow(s, counts, row)
		return nil
	}
}

// asNumbers writes whole counts as numbers that can be changed by fractions.
func asNumbers(from *contract.Tally, to *contract.Expected) {
	for _, pair := range []struct {
		from []int64
		to   []float64
	}{
		{from.Weeks, to.Weeks},
		{from.Units, to.Units},
		{from.Referred, to.Referred},
		{from.Started, to.Started},
		{from.Preparing, to.Preparing},
		{from.Early, to.Early},
	} {
		for i, n := range pair.from {
			pair.to[i] = float64(n)
		}
	}
}

// at are the values of a draw.
func (i *StatedInputs) at(draw int, values []float64) {
	for k, row := range i.Values {
		values[k] = row[draw]
	}
}
