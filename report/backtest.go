package report

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/calibrate"
)

// Backtest lays a backtest out: cumulative payments, modelled and actual.
func Backtest(b *calibrate.Backtest) []Table {
	t := Table{
		Title:   titleOf(b.Version) + ": backtest",
		About:   []string{caseLine(b.Version), fmt.Sprintf("Fitted to payments to %s: %s × %.4f", b.FittedTo, b.Path, b.Multiplier)},
		Columns: append(textColumns("quarter", "fitted or held out"), figureColumns("actual so far", "modelled so far", "error")...),
		Notes:   []string{"Error is modelled over actual, less 1. Only the quarters that were held out of the fit show how well the model predicts."},
	}
	for _, q := range b.Quarters {
		kind := "fitted"
		if q.Held {
			kind = "held out"
		}
		actual := money(q.Actual)
		actual.Status = statusPublished
		off := none()
		if q.Error != nil {
			off = change(*q.Error)
		}
		t.add(text(q.Quarter.String()), text(kind), actual, money(q.Modelled), off)
	}
	return modelled(t)
}
