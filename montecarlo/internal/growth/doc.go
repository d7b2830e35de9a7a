// Package growth measures how the time and the memory of a run grow with the size of a
// programme, and draws it. It has nothing but tests:
//
//	go test ./montecarlo/internal/growth -run '^$' -bench Growth -benchtime 1x -timeout 1h [-update]
//
// prints what it measures, with the slope of every line on axes that are both logarithms:
// 1 is in proportion. With -update it keeps the figures in docs/growth.csv and draws them
// anew.
package growth
