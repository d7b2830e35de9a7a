package montecarlo

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// PaymentsByQuarter are the outcome payments of all payers together, in £, under each of
// several draws of the uncertain inputs.
type PaymentsByQuarter struct {
	Quarters []calendar.Quarter
	// Central is that of the central projection of each draw, draw × quarter: exact
	// expectations, with caps applied to the expectation. It is NaN for a draw that cannot
	// be, such as one under which moves add up to more than 1.
	Central [][]float64
	// Lived are those of children's lives under each draw, draw × life × quarter. There are
	// none under a draw that cannot be.
	Lived [][][]float64
}

// PaymentsAt works out the outcome payments of a version quarter by quarter at stated
// values of its uncertain inputs, input × draw as [InputDraws] has them, and in so many
// replications of children's lives under each draw, of which no two are the same; 0 gives
// none. Of the options, Seed, Workers, Engine and Prices count. The errors are those of
// [ExpectedAt].
func PaymentsAt(ctx context.Context, v *scenario.Version, inputs [][]float64, lives int, o Options) (*PaymentsByQuarter, error) {
	if ctx == nil {
		return nil, errNoContext
	}
	if lives < 0 || lives > maxReplications {
		return nil, fmt.Errorf("%d lives under each draw: there must be 0 or more", lives)
	}
	e, err := newExpecting(v, InputDraws{Values: inputs, Lives: max(1, lives)}, o)
	if err != nil {
		return nil, err
	}
	if lives > 0 && e.number > math.MaxInt32/lives {
		return nil, errors.New("there are too many draws for so many lives under each: ask for fewer")
	}
	e.byQuarter = &PaymentsByQuarter{
		Quarters: e.expectation.Counts.Shape.Quarters,
		Central:  make([][]float64, e.number), Lived: make([][][]float64, e.number),
	}
	e.livesByQuarter = lives
	if _, err := e.run(ctx); err != nil {
		return nil, err
	}
	for draw, wrong := range e.wrong {
		if wrong {
			e.byQuarter.Central[draw] = notDefined(len(e.byQuarter.Quarters))
		}
	}
	return e.byQuarter, nil
}

// pay works out the payments of a draw.
func (w *expectingWorker) pay(at *setting, draw int) error {
	counts, err := at.expected.Counts(at.programme)
	if err != nil {
		return fmt.Errorf("draw %d: %w", draw+1, err)
	}
	contract.Price(at.pricer, counts, at.central)
	w.byQuarter.Central[draw] = paidByQuarter(at.central)
	for life := range w.livesByQuarter {
		tally := at.simulator.Replicate(w.options.Seed, draw*w.livesByQuarter+life)
		contract.Price(at.pricer, tally, at.ledger)
		w.byQuarter.Lived[draw] = append(w.byQuarter.Lived[draw], paidByQuarter(at.ledger))
	}
	return nil
}

// paidByQuarter is what all payers pay for each quarter, in £.
func paidByQuarter(l *contract.Ledger) []float64 {
	paid := make([]float64, len(l.Shape.Quarters))
	for p := range l.Payers {
		for c := range l.Shape.Commissioners {
			for q, pence := range l.PaymentsOf(p, c) {
				paid[q] += float64(pence) / 100
			}
		}
	}
	return paid
}

// notDefined is so many values of what is not defined.
func notDefined(n int) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = math.NaN()
	}
	return all
}
