package report

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/calibrate"
)

// Backtest lays a backtest out: cumulative payments, modelled and actual.
func Backtest(b *calibrate.Backtest) []Table {
	t := Table{
		Title:   fmt.Sprintf("%s × %.4f, fitted to payments to %s", b.Path, b.Multiplier, b.FittedTo),
		Columns: append(textColumns("quarter", ""), figureColumns("actual so far", "modelled so far", "error")...),
		Notes:   []string{"Error is modelled over actual, less 1. Only the quarters after the fit show how well the model predicts."},
	}
	for _, q := range b.Quarters {
		kind := "fitted"
		if q.Held {
			kind = "held out"
		}
		actual := money(q.Actual)
		actual.Status = statusPublished
		t.add(text(q.Quarter.String()), text(kind), actual, money(q.Modelled), change(q.Error))
	}
	return modelled(t)
}
