package main

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

// The example runs and answers each question.
func TestDecisions(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, decisions(&out, 200))
	text := out.String()
	require.Regexp(t, `^Today the chance that Derby saves cash is [67][0-9]%\.\n`, text) // 73% of 2,000 replications
	require.Regexp(t, `% of what is not known of Derby's avoided cost: .*residential`, text)
	// What the parts contribute is the difference between the cases, to the penny.
	ends := regexp.MustCompile(`is £(\S+) in the medium case, and in the low one £(\S+):`).FindStringSubmatch(text)
	require.NotNil(t, ends, text)
	sum := decimal.RequireFromString(ends[1])
	for _, group := range regexp.MustCompile(`(?m)^  .* £(\S+)$`).FindAllStringSubmatch(text, -1) {
		sum = sum.Add(decimal.RequireFromString(group[1]))
	}
	require.Equal(t, ends[2], sum.String())
	require.Contains(t, text, "For Derby, in cash, running is worth £")
	require.Regexp(t, `For the public purse, in cash, .*; a study of 200 children for 52 weeks at £60000 is worth £\d+\.\n$`, text)
	require.NotContains(t, text, "NaN")
}
