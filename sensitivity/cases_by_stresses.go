package sensitivity

import (
	"context"
	"fmt"
	"math"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Crossed is a figure of each of several cases under each of several stresses.
type Crossed struct {
	Measure     montecarlo.Key         `json:"measure"`
	Conventions montecarlo.Conventions `json:"conventions"` // of the first case as it is
	Versions    []*scenario.Version    `json:"versions"`    // one for each column
	Uncertainty []string               `json:"uncertainty"` // of each column: what its figures range over
	// Stresses are the rows; the first is empty, for each case as it is.
	Stresses []string        `json:"stresses"`
	Cells    [][]CrossedCell `json:"cells"` // stress × version
}

// CrossedCell is the figure of one case under one stress.
type CrossedCell struct {
	Figure montecarlo.Summary `json:"figure"`
	// Below is the share of replications in which the figure is below zero, with its
	// Monte Carlo standard error, in the pairing of the summary.
	Below    float64 `json:"below_zero"`
	BelowErr float64 `json:"below_zero_standard_error"`
	// LeftOut says why there is no figure: the stress does not fit the case.
	LeftOut string `json:"left_out,omitempty"`
}

// CasesByStresses runs each version as it is and under each stress, all with common random
// numbers. Nil stresses stand for those of the file and of the library that fit it. A
// stress that does not fit a version gives a cell that says so.
func CasesByStresses(ctx context.Context, versions []*scenario.Version, stresses []string, measure montecarlo.Key, o Options) (*Crossed, error) {
	if len(versions) == 0 {
		return nil, errNoVersion
	}
	if err := runnable(versions[0]); err != nil {
		return nil, err
	}
	if stresses == nil {
		for _, one := range versions[0].Document().Stresses() {
			stresses = append(stresses, one.Name)
		}
	}
	o.Run.Undivided = true
	c := &Crossed{Measure: measure, Versions: versions, Stresses: append([]string{""}, stresses...)}
	c.Cells = make([][]CrossedCell, len(c.Stresses))
	for k, v := range versions {
		runs, err := o.versions(v, len(c.Stresses))
		if err != nil {
			return nil, err
		}
		for i, stress := range c.Stresses {
			cell, err := c.cell(ctx, runs, stress)
			if err != nil {
				return nil, err
			}
			c.Cells[i] = append(c.Cells[i], cell)
			if i == 0 {
				c.Uncertainty = append(c.Uncertainty, runs.runs.first.Conventions.Uncertainty)
			}
			if k == 0 && i == 0 {
				c.Conventions, c.Measure = runs.runs.first.Conventions, cell.Figure.Key
			}
		}
	}
	return c, nil
}

// cell runs one case under one stress.
func (c *Crossed) cell(ctx context.Context, runs *versions, stress string) (cell CrossedCell, err error) {
	var r *montecarlo.Result
	if stress == "" {
		r, err = runs.run(ctx)
	} else {
		if _, fits := runs.asIs.With(stress); fits != nil {
			cell.LeftOut = firstFault("", fits).Error()
			return cell, nil
		}
		r, err = runs.with(ctx, stress)
	}
	if err != nil {
		return cell, fmt.Errorf("%s: %w", stress, err)
	}
	if cell.Figure, err = r.Totals.Find(c.Measure.Name, keyed(c.Measure)...); err != nil {
		return cell, err
	}
	of := []string{c.Measure.Of, c.Measure.Arm, cell.Figure.Pairing}
	values := r.Values(c.Measure.Name, of...)
	for _, x := range values {
		if x < 0 {
			cell.Below++
		}
	}
	n := float64(len(values))
	cell.Below /= n
	cell.BelowErr = math.Sqrt(cell.Below * (1 - cell.Below) / n)
	return cell, nil
}
