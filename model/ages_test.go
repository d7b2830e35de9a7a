package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
)

// The 18th birthday is the day of age 6,575: 18 × 365.25 = 6,574.5, rounded up.
// A week counts if all of its seven days come before it.
func TestWeeksBefore18(t *testing.T) {
	for _, c := range []struct {
		what string
		days int // of age on the first day of the referral week
		want int
	}{
		{"7 days to go: the week ends on the day before the birthday", 6568, 1},
		{"6 days to go: the birthday is the last day of the week", 6569, 0},
		{"13 days to go", 6562, 1},
		{"14 days to go", 6561, 2},
		{"the day before the birthday", 6574, 0},
		{"the birthday", 6575, 0},
		{"long after", 10_000, 0},
		{"17 years and 51 weeks, 6,209.25 + 357 days", 6567, 1},
		{"16 years, 5,844 days: 731 days to go", 5844, 104},
		{"10 years, 3,652.5 days: 2,922 days to go", 3653, 417},
		{"birth", 0, 939},
	} {
		require.Equal(t, c.want, model.WeeksBefore18(c.days), c.what)
	}
}

func TestAgesInDays(t *testing.T) {
	for _, c := range []struct {
		ages     model.Ages
		from, to int
	}{
		{model.Ages{From: 10, To: 17}, 3653, 6210}, // 3,652.5 to 6,209.25
		{model.Ages{From: 16, To: 18}, 5844, 6575}, // a whole number of days, to the day before the birthday
		{model.Ages{From: 0, To: 1}, 0, 366},       // 365.25: the day of age 365 is inside
		{model.Ages{From: 17 + 357/365.25, To: 18}, 6567, 6575},
	} {
		from, to := c.ages.Days()
		require.Equal(t, []int{c.from, c.to}, []int{from, to}, "%+v", c.ages)
		require.False(t, c.ages.None())
	}
	require.True(t, model.Ages{}.None())
}

// A child of 17 years and 51 weeks or more lives at most one week that counts.
func TestAtMostOneWeek(t *testing.T) {
	from, to := model.Ages{From: 17 + 51*7/model.DaysPerYear, To: 18}.Days()
	for days := from; days < to; days++ {
		require.LessOrEqual(t, model.WeeksBefore18(days), 1, days)
	}
}

func TestAgesLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := model.Ages{From: rapid.Float64Range(0, 17.9).Draw(t, "from")}
		a.To = rapid.Float64Range(a.From+0.01, 18).Draw(t, "to")
		from, to := a.Days()
		require.Less(t, from, to)
		require.GreaterOrEqual(t, float64(from), a.From*model.DaysPerYear)
		require.Less(t, float64(to-1), a.To*model.DaysPerYear)
		// The last week that counts ends before the birthday, the next does not.
		weeks := model.WeeksBefore18(from)
		require.Less(t, from+7*weeks-1, 6575)
		require.GreaterOrEqual(t, from+7*weeks+6, 6575)
	})
}
