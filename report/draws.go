package report

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// inputDraws is the measure under which the values drawn for uncertain inputs stand.
const inputDraws = "uncertain input"

// WriteDraws writes results replication by replication as tidy CSV: a row for each case,
// figure and replication, in this order, with the columns programme, case, replication
// (from 1), measure, of, arm, value, unit, price_base and seed. Figures are all totals,
// probabilities (1 where the event happened, otherwise 0) and rates of return, with common
// random numbers, so that a replication of one case can be set against the same one of
// another; and, as "uncertain input", the values drawn for each input, by its path. A
// figure without bound is Inf; one that is not defined is -Inf where money is lost and NaN
// elsewhere. With names only these measures are written.
//
// The results must have the values of their replications: run them with
// Options.AllValues. A measure that none of them has is a *[scenario.NameError].
func WriteDraws(ctx context.Context, w io.Writer, measures []string, results ...*montecarlo.Result) error {
	if err := drawsHave(measures, results); err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(w, 1<<16)
	d := draws{to: csv.NewWriter(buffered)}
	d.row("programme", "case", "replication", "measure", "of", "arm", "value", "unit", "price_base", "seed")
	for _, r := range results {
		if err := d.result(ctx, r, measures); err != nil {
			return err
		}
	}
	d.to.Flush()
	if err := d.to.Error(); err != nil {
		return err
	}
	return buffered.Flush()
}

// drawsHave is an error for a measure that no result has.
func drawsHave(measures []string, results []*montecarlo.Result) error {
	valid := []string{inputDraws}
	for _, r := range results {
		if r == nil || !readable(r.Version) {
			return fmt.Errorf("there is no result to write: give what montecarlo.Run or montecarlo.Compare returned")
		}
		for _, k := range drawnKeys(r) {
			if !slices.Contains(valid, k.Name) {
				valid = append(valid, k.Name)
			}
		}
	}
	for _, name := range measures {
		if !slices.Contains(valid, name) {
			return &scenario.NameError{What: "measure", Name: name, Valid: valid}
		}
	}
	return nil
}

// drawnKeys are the figures that a result has in every replication.
func drawnKeys(r *montecarlo.Result) []montecarlo.Key {
	var keys []montecarlo.Key
	for _, one := range r.Totals {
		keys = append(keys, one.Key)
	}
	for _, one := range r.Ranked {
		keys = append(keys, one.Key)
	}
	for _, one := range r.Probabilities {
		if !slices.ContainsFunc(keys, func(k montecarlo.Key) bool { return k.Name == one.Name && k.Of == one.Of && k.Arm == one.Arm }) {
			keys = append(keys, one.Key)
		}
	}
	return keys
}

// draws writes rows.
type draws struct {
	to *csv.Writer
}

func (d *draws) row(cells ...string) {
	_ = d.to.Write(cells) // kept by the writer, and read at the end
}

func (d *draws) result(ctx context.Context, r *montecarlo.Result, measures []string) error {
	wanted := func(name string) bool { return len(measures) == 0 || slices.Contains(measures, name) }
	for _, k := range drawnKeys(r) {
		if !wanted(k.Name) {
			continue
		}
		values := r.Values(k.Name, k.Of, k.Arm)
		if values == nil {
			return fmt.Errorf("the result of %s does not have the values of its replications: run it with Options.AllValues, and do not read it back from JSON", r.Version.Label())
		}
		if err := d.values(ctx, r, k, values); err != nil {
			return err
		}
	}
	if !wanted(inputDraws) {
		return nil
	}
	inputs, err := r.InputValues(ctx)
	if err != nil {
		return err
	}
	for i, values := range inputs {
		if err := d.values(ctx, r, montecarlo.Key{Name: inputDraws, Of: string(r.Version.Programme.Uncertain[i].Path)}, values); err != nil {
			return err
		}
	}
	return nil
}

// values writes the values of one figure.
func (d *draws) values(ctx context.Context, r *montecarlo.Result, k montecarlo.Key, values []float64) error {
	cells := safe([]string{r.Version.Programme.Name, r.Version.Name(), "", k.Name, k.Of, k.Arm, "", unitName(k.Unit), r.Conventions.PriceBase, strconv.FormatUint(r.Conventions.Seed, 10)})
	for i := range cells {
		cells[i] = words.OneLine(cells[i])
	}
	for i, v := range values {
		cells[2], cells[6] = strconv.Itoa(i+1), drawnText(v)
		d.row(cells...)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return d.to.Error()
}

// drawnText writes a value as R and Python read it: Inf, -Inf and NaN are numbers there.
func drawnText(v float64) string {
	if math.IsInf(v, 1) {
		return "Inf"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
