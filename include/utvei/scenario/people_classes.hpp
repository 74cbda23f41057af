// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/rates.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/scenario.hpp>

namespace utvei {

/// Gives each person one of the two classes of `rates.classes`, for life, by a random number of their own, and rates of
/// the rate file one row for each class. The class is a trait that the model gets, under a name that no file can write.
/// Needs rates with classes.
void give_classes(Scenario& scenario, Rates& rates, Population& people);

}  // namespace utvei
