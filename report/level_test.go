package report

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Rows of one level, and of no two, add up to the total: whose rows of a measure
// are added, over the contract, by year or by quarter, is chosen by the level alone.
func TestLevelsOfASpreadsheet(t *testing.T) {
	for _, programme := range []string{"dn2", "norfolk", "pyramid"} {
		t.Run(programme, func(t *testing.T) {
			c, err := montecarlo.Compare(t.Context(), versionsOf(t, programme, ""), "", montecarlo.Options{Replications: 20, Seed: 1})
			require.NoError(t, err)
			rows := sheets(t, Compare(c))
			at := func(name string) int { return slices.Index(rows[0], name) }
			name, arm, level, unit, central, ends := at("measure"), at("arm"), at("level"), at("unit"), at("central"), at("period_ends")
			sums, totals := map[string]map[string]float64{}, map[string]float64{}
			for _, row := range rows[1:] {
				require.NotEmpty(t, row[level], row)
				require.Equal(t, row[at("period")] == "", row[ends] == "", row)
				if row[1] == statusPublished || row[central] == "" || row[unit] != "GBP" && row[unit] != "children" {
					continue
				}
				v, err := strconv.ParseFloat(row[central], 64)
				require.NoError(t, err)
				key := row[name] + "|" + row[arm]
				if sums[key] == nil {
					sums[key] = map[string]float64{}
				}
				if row[level] == "target" || strings.HasPrefix(row[level], "target ") {
					continue // of a council's saving, not a part of all
				}
				sums[key][row[level]] += v
				if row[level] == levelTotal {
					totals[key] = v
				}
			}
			// A council's saving is after its own payments alone: what others pay lies
			// between the councils and the total.
			others := 0.0
			councils := c.Results[0].Version.Programme.Commissioners
			for _, total := range c.Results[0].Totals {
				if total.Name == montecarlo.Payments && total.Of != "" && !slices.ContainsFunc(councils, func(c model.Commissioner) bool { return c.Name == total.Of }) {
					others += total.Central
				}
			}
			require.NotZero(t, others)
			for own, all := range map[string]string{montecarlo.NetSaving: montecarlo.NetPublic, montecarlo.OwnNetCashable: montecarlo.NetCashable} {
				require.NotContains(t, totals, own+"|", "of councils alone")
				require.InDelta(t, totals[all+"|"], sums[own+"|"]["council"]-others, 0.01)
				require.InDelta(t, totals[all+"|"], sums[own+"|"]["council by year"]-others, 0.01)
				require.NotContains(t, sums[all+"|"], "council", "of all together alone")
			}
			levels := map[string]int{}
			for key, byLevel := range sums {
				total, ok := totals[key]
				for level, sum := range byLevel {
					if found := totals[montecarlo.Shortfall+"|"]; level == levelInvestor && found != 0 {
						// The consortium has whoever found the shortfall in it too.
						if key == montecarlo.PaidIn+"|" {
							require.InDelta(t, total-found, sum, 0.01, "%s: %s", key, level)
						}
						continue
					}
					if ok && level != levelWhole { // which has its figures as an investor in it
						require.InDelta(t, total, sum, 0.01, "%s: %s", key, level)
						levels[level]++
					}
				}
			}
			for _, level := range []string{"total", "cohort", "council", "payer", "total by year", "total by quarter", "council by year", "payer by quarter"} {
				require.NotZero(t, levels[level], level)
			}
		})
	}
}

// A pivot table takes no column without a name, so in CSV those have one that need none
// on a page.
func TestEveryColumnOfCSVHasAName(t *testing.T) {
	table := Table{Columns: append(textColumns("", ""), figureColumns("", "low")...)}
	table.add(text("a"), text("b"), money(1), money(2))
	require.Equal(t, [][]string{{"item", "text", "figure (GBP)", "low (GBP)"}, {"a", "b", "1", "2"}}, sheets(t, []Table{table}))
	table.add(text("c"), text("d"), percent(0.5), none())
	require.Equal(t, []string{"item", "text", "unit", "figure", "low"}, sheets(t, []Table{table})[0])
}
