package claims_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/claims"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

func quarters(t *testing.T, text string) []claims.Quarter {
	t.Helper()
	all, err := claims.Read(strings.NewReader(text))
	require.NoError(t, err)
	return claims.Quarters(all)
}

// The first two quarters of DN2 as they are published, in each form of an amount.
func TestQuarterlyClaims(t *testing.T) {
	q := quarters(t, "\ufeffAmount,Quarter\n\"£40,577\",Q1 2021/22\n16689.00,2021Q1\n")
	require.Len(t, q, 2)
	require.Equal(t, "Q4 2020/21 16689 Q1 2021/22 40577", q[0].Quarter.String()+" "+q[0].Amount.String()+" "+q[1].Quarter.String()+" "+q[1].Amount.String())
	require.Empty(t, q[0].Missing)
	require.Empty(t, q[0].Absent)
}

func TestWeeklyClaimsByMetricAndCouncil(t *testing.T) {
	text := "week ending,metric,council,amount\n"
	for d := calendar.NewDate(2022, 4, 6); d.Quarter() == calendar.NewQuarter(2022, 2); d = d.AddDays(7) {
		if d != calendar.NewDate(2022, 5, 4) {
			text += d.String() + ",M1,Derby,500\n"
		}
	}
	text += "05/10/2022,M1,Derby,1\n2022-10-12,M2,Derby,2.50\n"
	q := quarters(t, text)
	require.Len(t, q, 2)
	require.Equal(t, []calendar.Date{calendar.NewDate(2022, 5, 4)}, q[0].Missing)
	require.True(t, decimal.NewFromInt(6000).Equal(q[0].Amount), q[0].Amount)
	require.Equal(t, []claims.Line{{Council: "Derby", Metric: "M2"}}, q[0].Absent)
	require.Len(t, q[1].Lines, 2)
	require.Len(t, q[1].Missing, 11)
}

func TestFaultsOfClaims(t *testing.T) {
	for text, wants := range map[string][]string{
		"":                                   {"the first line must name the columns"},
		"amount,quarter\n":                   {"there is no claim"},
		"quarter\n":                          {"no column amount: amount is needed"},
		"amount,quarter,child\n1,2022Q1,x\n": {"column 3 has none of the names amount, quarter, week ending, metric or council: rename or remove it"},
		"amount,quarter,week ending\n1,2022Q1,2022-04-10\n2,,\n3,2022Q5,\n4,,2022-02-30\n": {
			"line 2: it needs a quarter or the end of a week, and not both", "line 3: it needs", "line 4: the quarter is none", "line 5: the end of the week is not a date",
		},
		"amount,quarter\n-1,2022Q1\n1e9,2022Q1\n1.234,2022Q1\n\"1,23\",2022Q1\n,2022Q1\n": {"line 2: the amount", "line 3: the amount", "line 4: the amount", "line 5: the amount", "line 6: the amount"},
		"amount,quarter,council\n1,2022Q1,\n":                                             {"line 2: it has no council"},
		"amount,quarter,council\n1,2022Q1,A\n2,Q4 2021/22,A\n":                            {"line 3: the same quarter or week, metric and council are on line 2"},
		"amount,quarter,week ending\n1,2022Q2,\n2,,2022-04-10\n":                          {"line 3: Q1 2022/23 is claimed by week and as a whole, on line 2"},
		"amount,week ending\n1,2022-04-10\n2,2022-04-16\n":                                {"line 3: the week does not end on a Sunday"},
	} {
		_, err := claims.Read(strings.NewReader(text))
		for _, want := range wants {
			require.ErrorContains(t, err, want, text)
		}
	}
}

func TestCaseload(t *testing.T) {
	all, err := claims.ReadCaseload(strings.NewReader("council,cohort,weeks in placement,weeks since referral,children\nDerby,step-down,30,,2\nDerby,edge of care,,0,\n"))
	require.NoError(t, err)
	require.Equal(t, []claims.Group{
		{Line: 2, Cohort: "step-down", Council: "Derby", Weeks: 30, Children: 2},
		{Line: 3, Cohort: "edge of care", Council: "Derby", Waiting: true, Children: 1},
	}, all)
}

// A row of a caseload is about one child: no fault repeats any of it.
func TestFaultsOfACaseloadNameNobody(t *testing.T) {
	_, err := claims.ReadCaseload(strings.NewReader("cohort,council,weeks in placement,weeks since referral,children\n" +
		"SECRET,SECRET,SECRET,,\n,,1,1,\nSECRET,SECRET,,-1,0\nSECRET,SECRET,1001,,1.5\nSECRET\n\"SECRET\n"))
	for _, want := range []string{
		"line 2: the number of weeks", "line 3: it has no cohort", "it has no council", "not both", "line 4: the number of weeks", "the number of children",
		"line 5: the number of weeks", "line 6: wrong number of fields", "line 7: ",
	} {
		require.ErrorContains(t, err, want)
	}
	require.NotContains(t, err.Error(), "SECRET")
	_, err = claims.ReadCaseload(strings.NewReader("cohort,council\n"))
	require.ErrorContains(t, err, "there is no child")
}

// Nothing is lost: the quarters hold what the claims do.
func FuzzRead(f *testing.F) {
	f.Add("amount,quarter\n16689,Q4 2020/21\n\"£40,577\",2021Q2\n")
	f.Add("\ufeffamount,week ending,metric,council\n1,2022-04-10,M,A\n2.5,17/04/2022,N,B\n")
	f.Add("amount,quarter,week ending\n1,,0001-01-01\n2,9999Q4,\n3,,31/12/9999\n")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := claims.Read(strings.NewReader(text))
		if err != nil {
			return
		}
		sum, lines := decimal.Zero, decimal.Zero
		for _, c := range all {
			sum = sum.Add(c.Amount)
		}
		for _, q := range claims.Quarters(all) {
			sum = sum.Sub(q.Amount)
			for _, l := range q.Lines {
				lines = lines.Add(l.Amount)
			}
			require.True(t, q.Amount.Equal(lines))
			require.LessOrEqual(t, len(q.Missing), 14)
			lines = decimal.Zero
		}
		require.True(t, sum.IsZero())
	})
}

func FuzzReadCaseload(f *testing.F) {
	f.Add("cohort,council,weeks in placement\nstep-down,Derby,30\n")
	f.Add("\ufeffcohort,council,weeks in placement,weeks since referral,children\na,b,,0,7\n")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := claims.ReadCaseload(strings.NewReader(text))
		for _, g := range all {
			require.NoError(t, err)
			require.NotEmpty(t, g.Cohort)
			require.NotEmpty(t, g.Council)
			require.Positive(t, g.Children)
			require.GreaterOrEqual(t, g.Weeks, 0)
		}
	})
}
