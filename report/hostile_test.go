package report

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// A report on nothing, on something of which a part is missing, or on numbers that
// are none is a page that can be written, or an error.
func TestReportsOnNothing(t *testing.T) {
	v := versionsOf(t, "dn2", "base")[0]
	bare := &scenario.Version{Programme: &model.Programme{}}
	result, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Replications: 2})
	require.NoError(t, err)
	var half montecarlo.Result
	half.Version = v
	without, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Replications: 2, TotalsOnly: true})
	require.NoError(t, err)
	emptied := *result
	emptied.Totals, emptied.Probabilities, emptied.Ranked, emptied.Quarterly, emptied.Yearly, emptied.Daily = nil, nil, nil, nil, nil, nil
	tablesOf := func(tables []Table, err error) []Table {
		if err != nil {
			return nothing(err.Error())
		}
		return tables
	}
	for name, report := range map[string]func() []Table{
		"run nil":             func() []Table { return Run(nil) },
		"run zero":            func() []Table { return Run(&montecarlo.Result{}) },
		"run half":            func() []Table { return Run(&half) },
		"run without series":  func() []Table { return Run(without) },
		"run without figures": func() []Table { return Run(&emptied) },
		"compare nil":         func() []Table { return Compare(nil) },
		"compare zero":        func() []Table { return Compare(&montecarlo.Comparison{}) },
		"compare missing":     func() []Table { return Compare(&montecarlo.Comparison{Results: []*montecarlo.Result{result, nil}}) },
		"compare no figures": func() []Table {
			return Compare(&montecarlo.Comparison{Results: []*montecarlo.Result{result, &emptied}})
		},
		"invest nil":  func() []Table { return tablesOf(Invest(nil, true)) },
		"invest zero": func() []Table { return tablesOf(Invest(&montecarlo.Comparison{}, true)) },
		"invest missing": func() []Table {
			return tablesOf(Invest(&montecarlo.Comparison{Results: []*montecarlo.Result{nil}}, false))
		},
		"invest no figures": func() []Table {
			return tablesOf(Invest(&montecarlo.Comparison{Results: []*montecarlo.Result{&emptied}}, false))
		},
		"bids nil":  func() []Table { return tablesOf(Bids(nil)) },
		"bids zero": func() []Table { return tablesOf(Bids([]Offer{{}, {}})) },
		"bids missing": func() []Table {
			return tablesOf(Bids([]Offer{{Name: "a", Cases: []string{"base"}, Results: []*montecarlo.Result{nil}}}))
		},
		"bids without results": func() []Table {
			return tablesOf(Bids([]Offer{{Name: "a", Cases: []string{"base", "low"}, Results: []*montecarlo.Result{result}}}))
		},
		"benchmark of nothing":   func() []Table { return Benchmark() },
		"benchmark missing":      func() []Table { return Benchmark(nil, &montecarlo.Projection{}) },
		"explain nil":            func() []Table { return Explain(nil, nil) },
		"explain zero":           func() []Table { return Explain(&montecarlo.Explanation{}, &montecarlo.Basis{}) },
		"explain a zero measure": func() []Table { return Explain(&montecarlo.Explanation{}, &result.Basis) },
		"reversed nil":           func() []Table { return Reversed(nil) },
		"solved nil":             func() []Table { return Solved(nil) },
		"solved empty":           func() []Table { return Solved(&sensitivity.Solved{Version: bare}) },
		"solved without answers": func() []Table {
			return Solved(&sensitivity.Solved{Version: bare, Unknown: sensitivity.Driver{Step: 1}})
		},
		"reversed missing": func() []Table { return Reversed([]*sensitivity.Reversed{nil}) },
		"reversed zero": func() []Table {
			return Reversed([]*sensitivity.Reversed{{Version: bare, Answers: []sensitivity.Answer{{}}}})
		},
		"sizes nil":     func() []Table { return Sizes(nil, nil) },
		"sizes missing": func() []Table { return Sizes([]*sensitivity.Sizing{nil}, []*sensitivity.Curved{nil}) },
		"sizes zero": func() []Table {
			return Sizes([]*sensitivity.Sizing{{Version: v}}, []*sensitivity.Curved{{Version: v, Points: make([]sensitivity.Point, 1)}})
		},
		"sizes of a bare version": func() []Table {
			return Sizes([]*sensitivity.Sizing{{Version: bare}}, []*sensitivity.Curved{{Version: bare}})
		},
		"stresses nil":  func() []Table { return Stresses(nil, "") },
		"stresses zero": func() []Table { return Stresses(&sensitivity.Stresses{}, "worst") },
		"stresses bare": func() []Table {
			return Stresses(&sensitivity.Stresses{Version: bare, Stressed: make([]sensitivity.Stressed, 2)}, "worst")
		},
		"reforecast nil":       func() []Table { return Reforecast(nil) },
		"reforecast zero":      func() []Table { return Reforecast(&calibrate.Outlook{}) },
		"reforecast bare":      func() []Table { return Reforecast(&calibrate.Outlook{Version: bare}) },
		"backtest nil":         func() []Table { return Backtest(nil) },
		"backtest zero":        func() []Table { return Backtest(&calibrate.Backtest{}) },
		"backtest bare":        func() []Table { return Backtest(&calibrate.Backtest{Version: bare, Fits: make([]calibrate.Fit, 2)}) },
		"programme nil":        func() []Table { return Programme(nil) },
		"programme zero":       func() []Table { return Programme(&scenario.Version{}) },
		"programme bare":       func() []Table { return Programme(bare) },
		"a zero table":         func() []Table { return make([]Table, 2) },
		"rows without columns": func() []Table { return []Table{{Rows: []Row{{}, {Cells: make([]Cell, 3)}}}} },
		"columns without rows": func() []Table { return []Table{{Columns: make([]Column, 3)}} },
		"numbers that are none": func() []Table {
			values := []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64}
			row := Row{}
			for i := range values {
				row.Cells = append(row.Cells, Cell{Value: &values[i]})
			}
			return []Table{{Columns: make([]Column, len(values)), Rows: []Row{row}}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			var tables []Table
			require.NotPanics(t, func() { tables = report() })
			requireWritable(t, tables)
		})
	}
	require.ErrorContains(t, Write(nil, Terminal, Options{}), "writer")
	require.Error(t, Write(new(bytes.Buffer), "parchment", Options{}))
}

// requireWritable requires that tables can be written in every format, as valid
// text without control characters.
func requireWritable(t *testing.T, tables []Table) {
	t.Helper()
	for _, format := range []Format{Terminal, Markdown, CSV, JSON} {
		var out bytes.Buffer
		require.NotPanics(t, func() { _ = Write(&out, format, Options{}, tables...) }, format)
		require.True(t, utf8.Valid(out.Bytes()), format)
		for _, r := range out.String() {
			require.False(t, r < ' ' && r != '\n' && r != '\t' && !(format == CSV && r == '\r') || r >= 0x7f && r < 0xa0, "%s: %q", format, r)
		}
		if format == JSON && out.Len() > 0 {
			require.True(t, json.Valid(out.Bytes()))
		}
	}
}
