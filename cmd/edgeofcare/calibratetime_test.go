package main

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/internal/subtraction/elimination"
	"github.com/edgeofcare/edgeofcare/report"
)

// Somebody who has what is printed by age, and what is printed of all ages, solves for the
// time at risk of each band of weeks and age: that of 1 to 5 children does not follow.
func TestTimeOfFewChildrenDoesNotFollow(t *testing.T) {
	secret := 0
	for seed := range 4 {
		folder := t.TempDir()
		_, errors, code := edgeofcare(t, "synthesise", "-o", folder, "--children", strconv.Itoa(40+80*seed), "--faults", "all", "--seed", strconv.Itoa(seed))
		require.Zero(t, code, errors)
		for _, divided := range [][]string{nil, {"--by", "age"}} {
			line := append([]string{folder}, divided...)
			cells := shown(t, append(line, "--no-suppress")...)[2]
			printed := append(timesOf(shown(t, line...), len(divided) > 0), timesOf(shown(t, folder), false)...)
			var equations [][]int64
			for _, p := range printed {
				equations = append(equations, p.equation(cells))
			}
			for i, c := range cells {
				if children := c[len(c)-3].Value; estimate.Small(int(*children)) {
					own := make([]int64, len(cells))
					own[i] = 1
					require.False(t, elimination.Determine(equations, own), "%d children, seed %d, %v: %v", 40+80*seed, seed, divided, c[:3])
					secret++
				}
			}
		}
	}
	require.Greater(t, secret, 50)
}

// printedTime is where a time at risk was spent that is printed; without an age, at all.
type printedTime struct{ state, band, age string }

// timesOf are the times at risk in the tables of counts and of rates.
func timesOf(tables [][][]report.Cell, byAge bool) (all []printedTime) {
	for table, weeks := range map[int]int{2: -2, 3: -5} {
		for _, row := range tables[table] {
			if row[len(row)+weeks].Value == nil {
				continue
			}
			at := printedTime{state: row[0].Text, band: row[1].Text}
			if byAge {
				at.age = row[2].Text
			}
			if row[len(row)-1].Text == "yes" { // pooled
				at.band = "all"
			}
			all = append(all, at)
		}
	}
	return all
}

// equation has 1 for each cell that the time is made of.
func (p printedTime) equation(cells [][]report.Cell) []int64 {
	of := make([]int64, len(cells))
	from, to := weeksOf(p.band)
	for i, c := range cells {
		start, _ := weeksOf(c[1].Text)
		if c[0].Text == p.state && (p.age == "" || c[2].Text == p.age) && start >= from && start <= to {
			of[i] = 1
		}
	}
	return of
}

func weeksOf(band string) (from, to int) {
	if to = 1 << 30; strings.HasSuffix(band, " on") {
		fmt.Sscanf(band, "%d on", &from)
	} else {
		fmt.Sscanf(band, "%d to %d", &from, &to)
	}
	return from, to
}
